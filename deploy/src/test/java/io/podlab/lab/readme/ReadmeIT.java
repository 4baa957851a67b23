package io.podlab.lab.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays what README.md says, on this machine; the cluster's part is played by {@code .ci/run}. */
class ReadmeIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir static Path state;

  /** A row of the table of services: a command, and what it shows. */
  record Claim(String command, String output) {}

  static Stream<Claim> claims() throws Exception {
    Pattern row =
        Pattern.compile(
            "^\\| \\[[a-z-]+]\\(.*\\) \\| .* \\| `(curl .*)` \\| (`.*`) \\|$", Pattern.MULTILINE);
    return row.matcher(Files.readString(ROOT.resolve("README.md")))
        .results()
        .map(match -> new Claim(match.group(1), match.group(2)));
  }

  @BeforeAll
  static void up() throws Exception {
    assumeThat(SearchPath.ofThisProcess().find("curl").isPresent())
        .as("curl is on the PATH")
        .isTrue();
    Command.Result up = lab("up", "--detach");
    assumeThat(up.exitCode()).as(up.err()).isNotEqualTo(Failure.CONFLICT);
    assertThat(up.exitCode()).as(up.err()).isZero();
  }

  @AfterAll
  static void down() throws Exception {
    assertThat(lab("down").exitCode()).isZero();
  }

  @Test
  void showsEveryServiceInItsTable() throws Exception {
    assertThat(claims()).hasSize(Service.values().length);
  }

  @ParameterizedTest
  @MethodSource("claims")
  void tellsWhatTheServicesReallyAnswer(Claim claim) {
    // probe-target's row shows what comes after ten seconds.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(shell(claim.command())).matches(pattern(claim.output())));
  }

  static Stream<String> commandsForProbeTarget() throws Exception {
    return Pattern.compile("`(curl [^`…]*localhost[^`…]*)`")
        .matcher(Files.readString(ROOT.resolve("probe-target/README.md")))
        .results()
        .map(match -> match.group(1));
  }

  @ParameterizedTest
  @MethodSource("commandsForProbeTarget")
  void probeTargetUnderstandsItsOwnReadme(String command) throws Exception {
    // When: a stream does not end by itself.
    String status = shell(command + " -m 3 -o /dev/null -w '%{http_code}'").strip();

    // Then: 500 is the answer of a probe that fails, which is what it is for.
    assertThat(status).matches("200|302|500");
  }

  @Test
  void givesCommandsThatTheLabKnows() throws Exception {
    // Given
    Matcher commands =
        Pattern.compile("deploy/lab ((?:[a-z]+)?(?: --[a-z-]+)*)")
            .matcher(Files.readString(ROOT.resolve("README.md")));

    // Then
    List<String> known =
        commands.results().map(match -> match.group(1).strip()).distinct().toList();
    assertThat(known).hasSizeGreaterThan(5);
    assertThat(known)
        .allSatisfy(
            command -> {
              String[] words = command.split(" ");
              Command.Result help =
                  lab(
                      words[0].startsWith("--")
                          ? new String[] {"--help"}
                          : new String[] {words[0], "--help"});
              assertThat(help.exitCode()).isZero();
              assertThat(Stream.of(words).skip(1)).allMatch(help.out()::contains);
            });
  }

  /** What stands in README.md, with a pattern for what differs between machines and moments. */
  private static String pattern(String cell) {
    String text = cell.replaceAll("`<br>`", "\n").replaceAll("^`|`$", "");
    return Pattern.quote(text)
            .replace("laptop", "\\E\\S+\\Q")
            // A machine without network has no address to tell.
            .replace(", IP 192.168.1.20", "\\E(, IP [0-9a-f.:]+)?\\Q")
            .replace("12.345678901", "\\E[0-9.]+\\Q")
            .replace("2026-01-01T00:00:00Z", "\\E\\S+\\Q")
            .replace("/home/me/.local/state", "\\E\\S+\\Q")
            .replaceAll("request \\d+", "request \\\\E\\\\d+\\\\Q")
            .replaceAll("[0-9a-f]{64}", "\\\\E[0-9a-f]{64}\\\\Q")
        + "\\n?";
  }

  private static String shell(String command) throws InterruptedException {
    return Command.of("sh", "-c", command.replace("curl ", "curl -sS ")).run().out();
  }

  private static Command.Result lab(String... arguments) throws InterruptedException {
    return Command.of(ROOT.resolve("deploy/lab").toString())
        .with(arguments)
        .withEnvironment("XDG_STATE_HOME", state.toString())
        .run();
  }
}
