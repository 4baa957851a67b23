package io.podlab.config.start;

import io.podlab.config.environment.Arguments;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Everything is set by {@code LAB_…} variables; arguments are a source of configuration. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    try {
      Arguments.parse(arguments);
    } catch (IllegalArgumentException malformed) {
      StartFailure.exit(malformed.getMessage());
    }
    LogFormat.refusal().ifPresent(StartFailure::exit);
    Quarkus.run(null, StartFailure::exit, arguments);
  }
}
