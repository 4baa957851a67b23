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
import java.util.Map;
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

/** Runs the commands in README.md on this machine. {@code .ci/run} runs those for a cluster. */
class ReadmeIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir static Path state;

  /** A row of the table of services: a command and its output. */
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
    // The row of probe-target shows the output after ten seconds.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(shell(claim.command())).matches(pattern(claim.output())));
  }

  /** A command in the README of a service. */
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

  /**
   * The documented responses: a pattern of the command, and a pattern of {@code STATUS body}. Other
   * commands get a 200 and some text.
   */
  private static final Map<String, String> ANSWERS =
      Map.ofEntries(
          // demo-app
          Map.entry("8080/$", "200 pod \\S+, .*version \\S+, request \\d+\n"),
          Map.entry("whoami/podIP", "200 [0-9a-f.:]+\n"),
          Map.entry("/files/", "404 .*LAB_DEMO_CONTENT.*"),
          Map.entry("/echo", "200 POST /echo\\?a=1.*hello\n?"),
          Map.entry("/status/503", "503 .*"),
          Map.entry("/stream/20", "200 (.+\n){20}"),
          Map.entry("/faults", "403 .*LAB_DEMO_FAULTS.*"),
          // probe-target, whose liveness fails after ten seconds or on request
          Map.entry("8081/healthz", "200 ok\n?|500 error: .*"),
          Map.entry("8081/started", "200 [0-9.]+.*"),
          Map.entry("/redirect", "302 .*[Ll]ocation: .*/healthz.*"),
          // token-service
          Map.entry("description=lab", "201 [a-z0-9]{6}\\.[a-z0-9]{16}\n"),
          Map.entry("tokens/join-command", "201 kubeadm join .*\n"),
          Map.entry("abcdef/join-command", "200 kubeadm join .*\n"),
          Map.entry("discovery-file", "200 apiVersion: v1\nkind: Config\n.*"),
          Map.entry("/generate", "200 [a-z0-9]{6}\\.[a-z0-9]{16}\n"),
          Map.entry("DELETE .*/tokens/", "200 bootstrap token \"abcdef\" deleted\n"),
          Map.entry("status=expired", "200 no expired tokens\n"),
          Map.entry("/ca/hash", "200 sha256:[0-9a-f]{64}\n"),
          Map.entry("8082/ca.crt", "200 -----BEGIN CERTIFICATE-----.*"),
          Map.entry("/cluster-info", "200 .*sha256:[0-9a-f]{64}.*"),
          // configmap-service
          Map.entry("8083/greeting", "200 Hello from a file\n.*"),
          Map.entry("/config/greeting", "200 Hello from a file\n"),
          Map.entry("8083/config('|$)", "200 .*# revision .*"),
          Map.entry("/config/rollback/", "404 .*no revision .*"),
          Map.entry("/config\\?watch=", "200 # revision .*"),
          // board
          Map.entry("8084$", "200 .*Namespaces: .*"),
          Map.entry("8084/moments$", "200 .*TIME .*"),
          Map.entry("/picture.svg", "200 <(svg|\\?xml) .*</svg>\n?"),
          Map.entry("/recording.json", "200 \\{.*podlab-recording/1.*"));

  private static String answer(String command) {
    return ANSWERS.keySet().stream()
        .filter(key -> Pattern.compile(key).matcher(command).find())
        .findFirst()
        .map(ANSWERS::get)
        .orElse("200 .+");
  }

  @ParameterizedTest
  @MethodSource("documented")
  void servicesUnderstandTheirOwnReadme(Documented documented) throws Exception {
    // Given: the files and tokens that the commands need
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
    Path body = directory.resolve("body");
    Files.writeString(body, "");

    // When: with a time limit for streams, and with shorter delays
    String command = documented.command().replaceAll("(delay[=/])\\d+s", "$11s");
    String status =
        shell("cd " + directory + " && " + authorized(command + " -m 3 -o body -w '%{http_code}'"))
            .strip();

    // Then
    assertThat(status + " " + Files.readString(body))
        .matches(Pattern.compile(answer(command), Pattern.DOTALL));
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
            () -> assertThat(lab("logs", "configmap-service").out()).contains("SIGHUP received"));
  }

  /** Adds the variable A of the README of token-service. */
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

  /** The text in README.md, with patterns for values that differ between machines and runs. */
  private static String pattern(String cell) {
    String text = cell.replaceAll("`<br>`", "\n").replaceAll("^`|`$", "");
    return Pattern.quote(text)
            .replace("…", "\\E(?s:.*)\\Q")
            .replace("laptop", "\\E\\S+\\Q")
            // A machine without a network has no address.
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
        .withEnvironment("LAB_DEMO_MARKER", state.resolve("marker").toString())
        .run();
  }
}
