package io.podlab.config.start;

import io.podlab.config.environment.Arguments;
import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service. Arguments are a source of configuration; {@code LAB_…} variables are
 * settings.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    try {
      Arguments.parse(arguments);
    } catch (IllegalArgumentException malformed) {
      Start.refuse(malformed.getMessage());
    }
    Start.run(arguments);
  }
}
