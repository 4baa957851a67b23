package io.podlab.probe.start;

import io.podlab.kit.start.Start;
import io.podlab.probe.lifecycle.Signals;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts with the arguments of the demos' manifests, and with schedules; {@link Arguments}. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    try {
      Arguments.parse(arguments).forEach(System::setProperty);
    } catch (IllegalArgumentException senseless) {
      Start.refuse(senseless.getMessage());
    }
    Signals.listen();
    Start.run();
  }
}
