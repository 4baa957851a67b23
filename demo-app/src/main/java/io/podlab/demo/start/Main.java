package io.podlab.demo.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Takes no arguments: everything is set by {@code LAB_…} variables. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0) {
      StartFailure.exit("takes no arguments, but got: " + String.join(" ", arguments));
    }
    LogFormat.refusal().ifPresent(StartFailure::exit);
    Quarkus.run(null, StartFailure::exit);
  }
}
