package io.podlab.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the images with podman, under conditions that a cluster cannot provide. */
@Tag("cluster")
@Isolated("measures time")
class ContainersIT {
  private static final String IMAGE = "podlab/demo-app:1.0.0";

  @BeforeAll
  static void needsPodman() {
    assumeTrue(SearchPath.ofThisProcess().find("podman").isPresent());
  }

  private static List<String> run(String options, String... arguments) {
    List<String> words = new ArrayList<>(List.of("podman", "run", "--rm", "--network=none"));
    words.addAll(List.of(options.split(" ")));
    words.add(IMAGE);
    words.addAll(List.of(arguments));
    return words;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--init",
        "--read-only --cap-drop=all --security-opt=no-new-privileges",
        "--user=12345:12345",
        "--user=0:0",
      })
  void theExitCodeIsThatOfTheCommand(String options) throws Exception {
    assertThat(Command.of(run(options, "run", "--for", "0s", "--exit", "7")).run().exitCode())
        .isEqualTo(7);
  }

  /**
   * The init keeps signals from its first system call. In the milliseconds before that, while the
   * loader runs, the kernel drops them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"--env=A=1", "--init", "--env=LAB_DEMO_STARTUP_DELAY=1h"})
  void sigtermSoonAfterTheStartEndsTheContainer(String options) throws Exception {
    // Given
    List<String> words = new ArrayList<>(List.of("podman", "run", "--detach", "--network=none"));
    words.addAll(List.of(options, IMAGE));
    String container = Command.of(words).run().out().strip();
    try {
      // When
      Command.of("podman", "kill", "--signal=TERM", container).run();

      // Then
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  Command.of("podman", "inspect", "--format={{.State.Status}}", container)
                      .run()
                      .out()
                      .strip()
                      .equals("exited"));
      assertThat(
              Command.of("podman", "inspect", "--format={{.State.ExitCode}}", container)
                  .run()
                  .out()
                  .strip())
          .isEqualTo("143");
    } finally {
      Command.of("podman", "rm", "--force", container).run();
    }
  }

  /** A second SIGINT, sent on by the init, would end it without the drain. */
  @Test
  void ctrlCInATerminalIsOneSignal() throws Exception {
    // Given: `script` provides a terminal.
    assumeTrue(SearchPath.ofThisProcess().find("script").isPresent());
    String command = String.join(" ", run("--interactive --tty --env=LAB_DEMO_DRAIN=2s"));
    Process terminal =
        new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
            .directory(Path.of("target").toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = terminal.inputReader()) {
      StringBuilder output = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
        if (line.contains("Listening on")) {
          // When
          terminal.getOutputStream().write(3);
          terminal.getOutputStream().flush();
        }
      }

      // Then
      assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(output).contains("SIGINT").doesNotContain("a second signal");
      assertThat(terminal.exitValue()).isEqualTo(130);
    } finally {
      terminal.destroy();
    }
  }
}
