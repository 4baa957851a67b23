package io.podlab.lab.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  /** A command of a service's own README. */
  record Documented(Service service, String command) {}

  static Stream<Documented> documented() {
    return Stream.of(Service.values())
        .flatMap(
            service ->
                Pattern.compile("`(curl [^`…]*localhost[^`…]*)`")
                    .matcher(readme(service))
                    .results()
                    .map(match -> new Documented(service, match.group(1))));
  }

  private static String readme(Service service) {
    try {
      return Files.readString(ROOT.resolve(service.title()).resolve("README.md"));
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  @Test
  void findsCommandsInEachReadme() {
    assertThat(documented().map(Documented::service)).contains(Service.values());
  }

  @ParameterizedTest
  @MethodSource("documented")
  void servicesUnderstandTheirOwnReadme(Documented documented) throws Exception {
    // Given: what a README takes for given
    Path directory = Files.createDirectories(state.resolve("readme"));
    shell("curl localhost:8082/ca.crt -o " + directory.resolve("ca.crt"));
    Files.writeString(
        directory.resolve("FILE"),
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: lab
        data:
          greeting: Hi
        """);
    shell(authorized("curl -H \"$A\" -d token=abcdef.0123456789abcdef localhost:8082/tokens"));

    // When: a stream does not end by itself
    String status =
        shell(
                "cd "
                    + directory
                    + " && "
                    + authorized(documented.command() + " -m 3 -o /dev/null -w '%{http_code}'"))
            .strip();

    // Then: no probe is as good as its service, faults are off, and some answers take their time
    assertThat(status)
        .matches(
            "20\\d|302|403|500|503"
                + (isSlow(documented) ? "|000" : "")
                // Without LAB_DEMO_CONTENT there are none.
                + (documented.command().contains("/files/") ? "|404" : ""));
  }

  @Test
  void reloadsOnSighup() throws Exception {
    // Given
    assumeThat(SearchPath.ofThisProcess().find("setsid")).isPresent();
    assumeThat(Files.readString(Path.of("/proc/self/status")).lines())
        .as("whoever started this test has not made it deaf to SIGHUP, and with it the services")
        .noneMatch(line -> line.matches("SigIgn:.*[13579bdf]"));
    String pid = "";
    for (JsonNode service : new ObjectMapper().readTree(lab("status", "--json").out())) {
      if (service.path("service").asText().equals(Service.CONFIGMAP_SERVICE.title())) {
        pid = service.path("pid").asText();
      }
    }

    // When
    Command.of("kill", "-HUP", pid).run();

    // Then
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(lab("logs", "configmap-service").out())
                    .contains("SIGHUP: reading again"));
  }

  private static boolean isSlow(Documented documented) {
    return documented.command().matches(".*(/delay/|delay=|watch=).*");
  }

  /** With the variable A of token-service's README. */
  private static String authorized(String command) throws IOException {
    String token = Files.readString(state.resolve("podlab/token-service/admin-token")).strip();
    return "A='Authorization: Bearer " + token + "'; " + command;
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
