package io.podlab.token.start;

import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service. It accepts no arguments; {@code LAB_…} variables configure it. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0) {
      Start.refuse(
          "'%s' is not a valid argument; use LAB_… variables to configure the service"
              .formatted(arguments[0]));
    }
    Start.run();
  }
}
