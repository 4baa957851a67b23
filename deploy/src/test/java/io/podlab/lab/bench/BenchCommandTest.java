package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void missesWrk() {
    assertThat(run("demo-app")).isEqualTo(Failure.MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runs=0",
        "--runs=21",
        "--duration=0s",
        "--duration=61s",
        "--duration=5",
        "else"
      })
  void refusesWhatIsOutOfBounds(String argument) throws IOException {
    // Given
    program("wrk");
    // When, Then
    assertThat(run(argument)).isEqualTo(Failure.USAGE);
  }

  @Test
  void doesNotMeasureWhatAlreadyListensInThePeersStead() throws IOException {
    // Given
    program("wrk");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + other.getLocalPort() + "/";
      // When, Then
      assertThat(run("demo-app", "--peer", "x", "--peer-url", url)).isEqualTo(Failure.CONFLICT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://example.org/", "https://127.0.0.1/", "http://10.0.0.1:80/", "x"})
  void loadsThisMachineOnly(String url) {
    assertThatThrownBy(() -> BenchCommand.requireLoopback(URI.create(url)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is not on this machine");
  }

  @Test
  void readsSecondsAndMinutes() {
    // Given
    BenchCommand.Seconds seconds = new BenchCommand.Seconds();
    // When, Then
    assertThat(seconds.convert("5s")).isEqualTo(Duration.ofSeconds(5));
    assertThat(seconds.convert("1m")).isEqualTo(Duration.ofMinutes(1));
    assertThatThrownBy(() -> seconds.convert("PT5S")).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void startsAServiceBesideALabThatIsUp() {
    // When
    Command command =
        BenchCommand.command(
            new Project(Path.of("/podlab"), "9.9"), Service.PROBE_TARGET, 8099, folder);

    // Then
    assertThat(command.environment())
        .containsEntry("QUARKUS_HTTP_PORT", "8099")
        .containsEntry("LAB_PROBE_LISTEN_GRPC", "0")
        .containsEntry("LAB_PROBE_LISTEN_TCP", "0")
        .containsEntry("LAB_PROBE_FILES", folder.toString())
        .containsEntry("XDG_STATE_HOME", folder.toString());
  }

  private void program(String name) throws IOException {
    assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true)).isTrue();
  }

  private int run(String... arguments) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    BenchCommand command =
        new BenchCommand(
            new Console(nowhere, nowhere, false),
            new SearchPath(List.of(folder)),
            () -> new Project(folder, "9.9"));
    CommandLine line = new CommandLine(command);
    line.setErr(new PrintWriter(nowhere));
    line.setExecutionExceptionHandler(
        (exception, failed, parsed) ->
            exception instanceof Failure failure ? failure.exitCode() : 99);
    return line.execute(arguments);
  }
}
