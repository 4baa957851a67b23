package io.podlab.lab.local;

import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code lab up} with a fake service in its own process, so that a test can send it a signal. */
final class ForegroundLab {
  /** Simulates a long build. */
  static final String BUILD = "sleep 31.4159";

  private ForegroundLab() {}

  /** Arguments: the state folder; the port of the service, or -1 to block in the build. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    Program program =
        new Program(
            "alpha",
            Math.max(port, 0),
            List.of(),
            "/",
            Program.READINESS,
            Optional.empty(),
            FakeService.java(FakeService.class, FakeService.Manner.GOOD.name(), arguments[1]));
    new LocalLab(
            new Console(System.out, System.err, false),
            new StateFolder(Path.of(arguments[0])),
            List.of(program),
            () -> {
              if (port < 0) {
                Command.of(BUILD.split(" ")).run();
                throw new IllegalStateException("the build was killed");
              }
            },
            Duration.ofSeconds(10))
        .up(false, Duration.ofSeconds(30));
  }
}
