package io.podlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LabTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final StringWriter usage = new StringWriter();
  private final CommandLine lab =
      Lab.commandLine(new Console(new PrintStream(said), new PrintStream(said, true), false))
          .setErr(new PrintWriter(usage));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          upp              | lab: unknown command 'upp' (did you mean 'up'?); see `lab --help`
          up --detatch     | lab: unknown option '--detatch' (did you mean '--detach'?); see `lab up --help`
          up more          | lab: unexpected argument 'more'; see `lab up --help`
          up --context     | lab: --context needs a value: --context NAME; see `lab up --help`
          up --context c   | lab: --context needs --cluster; see `lab up --help`
          down --timeout 1 | lab: --timeout is invalid: '1' is not a duration; use hours, minutes and seconds such as 90s, 3m or 1h30m; see `lab down --help`
          play --al        | lab: unknown option '--al' (did you mean '--all'?); see `lab play --help`
          play --parallel 0 | lab: --parallel is invalid: '0' is out of range; use 1 to 16; see `lab play --help`
          play --parallel x | lab: --parallel is invalid: 'x' is not an integer; use digits only, such as 10; see `lab play --help`
          lessons exprt    | lab: unknown command 'exprt' (did you mean 'export'?); see `lab lessons --help`
          lessons export --killercoda | lab: --killercoda needs a value: --killercoda DIR; see `lab lessons export --help`
          images --load aks | lab: --load is invalid: 'aks' is not a cluster type; use kind, minikube, k3s or containerd; see `lab images --help`
          logs -n -1       | lab: --lines is invalid: '-1' is negative; use 0 or a greater number; see `lab logs --help`
          """)
  void saysInOneLineWhatIsWrongWith(String arguments, String expected) {
    // When
    int exitCode = lab.execute(arguments.split(" "));

    // Then
    assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo(expected + "\n");
    assertThat(exitCode).isEqualTo(Failure.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifests", "third-party"})
  void needsTheSourcesFor(String command) {
    // Given
    System.setProperty("lab.root", "stick");
    System.setProperty("lab.offline", "true");

    try {
      // When
      int exitCode = lab.execute(command);

      // Then
      assertThat(exitCode).isEqualTo(Failure.USAGE);
      assertThat(said.toString(StandardCharsets.UTF_8))
          .startsWith("lab: `lab " + command + "` needs the sources of Podlab");
    } finally {
      System.clearProperty("lab.root");
      System.clearProperty("lab.offline");
    }
  }

  /** The command with all its subcommands. */
  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(LabTest::all));
  }

  /** picocli breaks a longer line, so that one word of a table stands alone on the next line. */
  @Test
  void theLinesOfATableInAHelpAreShortEnough() {
    // When
    Stream<String> lines =
        all(lab)
            .map(command -> command.getCommandSpec().usageMessage())
            .flatMap(help -> Stream.of(help.description(), help.footer()).flatMap(Stream::of))
            .flatMap(String::lines)
            .filter(line -> line.startsWith("  "));

    // Then
    assertThat(lines).isNotEmpty().allMatch(line -> line.length() < 80);
  }

  @Test
  void withoutArgumentsItSaysOnStderrWhatThereIs() {
    // When
    int exitCode = lab.execute();

    // Then
    assertThat(usage.toString()).contains("Usage: lab", "up", "down");
    assertThat(exitCode).isEqualTo(Failure.USAGE);
  }

  static Iterable<CommandLine> commands() {
    return new CommandLine(new Lab())
        .getSubcommands().values().stream()
            .flatMap(
                command ->
                    Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
            .filter(command -> !command.getCommandName().equals("help"))
            .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandDocumentsItsExitCodes(CommandLine command) {
    assertThat(command.getUsageMessage()).contains("--help", "Exit codes:", "\n  0", "\n  2");
  }
}
