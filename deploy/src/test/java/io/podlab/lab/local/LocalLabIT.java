package io.podlab.lab.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Port;
import io.podlab.lab.project.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Starts, inspects and stops the packaged services with the launcher, in the order of the methods.
 * Skipped if another program uses one of the ports.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LocalLabIT {
  private static final Path LAUNCHER = Path.of("lab").toAbsolutePath();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Without Prometheus, the lab starts only the services. */
  private static final boolean MONITORING =
      SearchPath.ofThisProcess().find("prometheus").isPresent();

  @TempDir static Path state;

  private static Command.Result up;

  private static Command.Result lab(String... arguments) throws InterruptedException {
    return Command.of(LAUNCHER.toString())
        .with(arguments)
        .withEnvironment("XDG_STATE_HOME", state.toString())
        .in(state)
        .run();
  }

  private static HttpResponse<String> get(Service service) throws Exception {
    String url = "http://localhost:" + service.localPort() + service.essentialPath();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static List<Integer> takenPorts() throws Exception {
    List<Integer> ports = new ArrayList<>();
    for (Service service : Service.values()) {
      Stream.concat(Stream.of(service.localPort()), service.otherPorts().stream().map(Port::number))
          .filter(Ports::isTaken)
          .forEach(ports::add);
    }
    if (MONITORING && Ports.isTaken(Monitoring.PROMETHEUS_PORT)) {
      ports.add(Monitoring.PROMETHEUS_PORT);
    }
    return ports;
  }

  @BeforeAll
  static void bringTheLabUp() throws Exception {
    assumeThat(takenPorts()).as("ports that another program has").isEmpty();
    up = MONITORING ? lab("up", "--detach", "--monitoring") : lab("up", "--detach");
  }

  @AfterAll
  static void leaveNothingRunning() throws Exception {
    lab("down");
  }

  @Test
  @Order(1)
  void upShowsACurlForEachService() {
    assertThat(up.out())
        .as("exit code %d, %s", up.exitCode(), up.err())
        .contains(
            Arrays.stream(Service.values())
                .map(service -> "curl localhost:" + service.localPort() + service.essentialPath())
                .toList());
    assertThat(up.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @Order(2)
  void everyServiceAnswersWhatItIsFor(Service service) throws Exception {
    // When
    HttpResponse<String> response = get(service);

    // Then
    // The liveness of probe-target fails ten seconds after its start.
    assertThat(response.statusCode())
        .isIn(service == Service.PROBE_TARGET ? List.of(200, 500) : List.of(200));
    assertThat(response.body()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "status"})
  @Order(3)
  void theAdminTokenOpensWhatItIsShownFor(String command) throws Exception {
    // Given
    String shown = command.equals("up") ? up.err() : lab("status").err();
    String curl =
        Pattern.compile("curl -H .*")
            .matcher(shown)
            .results()
            .map(MatchResult::group)
            .findFirst()
            .orElseThrow();

    // When
    Command.Result tokens = Command.of("sh", "-c", curl + " -sS -w '%{http_code}'").run();

    // Then
    assertThat(tokens.out().strip()).as(tokens.err()).isEqualTo("200");
  }

  @Test
  @Order(3)
  void nobodyGetsAtTheTokensWithoutIt() throws Exception {
    // When
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create("http://localhost:8082/tokens")).build(),
            HttpResponse.BodyHandlers.ofString());

    // Then
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  @Order(3)
  void aSecondUpIsRefused() throws Exception {
    // When
    Command.Result second = lab("up");

    // Then
    assertThat(second.err()).startsWith("lab: the lab is already running").hasLineCount(1);
    assertThat(second.exitCode()).isEqualTo(Failure.CONFLICT);
  }

  @Test
  @Order(4)
  void statusIsGood() throws Exception {
    assertThat(lab("status").exitCode()).isZero();
  }

  @Test
  @Order(4)
  void theFilesForExecProbesAreInTheStateFolder() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(state.resolve("podlab/probe-target/ready")));
  }

  @Test
  @Order(4)
  void prometheusScrapesEachServiceAndHasTheRules() {
    assumeThat(MONITORING).as("prometheus is on the PATH").isTrue();
    String prometheus = "http://localhost:" + Monitoring.PROMETHEUS_PORT;
    assertThat(up.out()).contains("prometheus ", prometheus);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(body(prometheus + "/api/v1/query?query=sum(up)"))
                    .contains("\"" + Service.values().length + "\""));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(body(prometheus + "/api/v1/rules"))
                    .contains("PodlabDown", "podlab:requests:rate1m"));
  }

  private static String body(String url) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  @Order(5)
  void logsNameTheService() throws Exception {
    assertThat(lab("logs", "-n", "1").out().lines().map(line -> line.split(" +\\| ")[0]))
        .startsWith("demo-app", "probe-target", "token-service", "configmap-service", "board");
  }

  @Test
  @Order(6)
  void theProbeTargetFailsAfterTenSeconds() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(get(Service.PROBE_TARGET).statusCode()).isEqualTo(500));
  }

  @Test
  @Order(7)
  void downLeavesNoProcessAndNoPortTaken() throws Exception {
    // Given
    List<StartedProcess> started =
        new RunFile(new StateFolder(state.resolve("podlab"))).read().services();

    // When
    Command.Result down = lab("down");

    // Then
    assertThat(down.out())
        .isEqualTo(
            "stopped demo-app, probe-target, token-service, configmap-service, board%s\n",
            MONITORING ? ", prometheus" : "");
    assertThat(down.exitCode()).isZero();
    assertThat(started)
        .hasSize(Service.values().length + (MONITORING ? 1 : 0))
        .noneMatch(StartedProcess::isAlive);
    assertThat(takenPorts()).isEmpty();
  }
}
