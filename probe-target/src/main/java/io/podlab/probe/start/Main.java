package io.podlab.probe.start;

import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Parses the {@link Arguments}, then starts the service. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    try {
      Arguments.parse(arguments).forEach(System::setProperty);
    } catch (IllegalArgumentException invalid) {
      Start.refuse(invalid.getMessage());
    }
    Start.run();
  }
}
