package io.podlab.token.start;

import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Takes no arguments: everything is set by {@code LAB_…} variables. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0) {
      Start.refuse("takes no arguments, but got: " + String.join(" ", arguments));
    }
    Start.run();
  }
}
