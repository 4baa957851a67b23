package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.monitoring.DashboardQueries.Selection;
import io.podlab.lab.monitoring.Exposition.Family;
import io.podlab.lab.monitoring.MetricsReference.Entry;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Service;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The metrics of the five running services, and the alerts and dashboards in Prometheus while a
 * script causes one fault after another. Tests that need Prometheus are skipped without it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class MonitoringIT {
  private static final Path DOCS = RunningServices.ROOT.resolve("docs");
  private static final Map<String, String> GOOD = Map.of("greeting", "Hello", "refresh", "1s");
  private static final Map<String, String> BETTER = Map.of("greeting", "Hi", "refresh", "1s");
  private static final Map<String, String> BAD =
      Map.of("greeting", "Hello", "refresh", "1s", "color", "no-color");

  /**
   * Requests to each service in {@link #abusiveRequestsDoNotCreateSeries}; deploy/bench-metrics
   * sends more.
   */
  private static final int ABUSIVE_REQUESTS = Integer.getInteger("lab.abusive.requests", 4_000);

  private static final int TOKENS = Integer.getInteger("lab.abusive.tokens", 500);

  @TempDir static Path folder;

  private static Instant begin;
  private static StubApiServer api;
  private static RunningServices services;
  private static Prometheus prometheus;
  private static final List<SteadyRequests> PROBES = new ArrayList<>();
  private static SteadyRequests requests;

  @BeforeAll
  static void start() throws Exception {
    begin = Instant.now();
    api = new StubApiServer(GOOD);
    services = RunningServices.start(folder, api);
    if (SearchPath.ofThisProcess().find("prometheus").isPresent()) {
      prometheus = Prometheus.start(folder, services);
    }
    requests = new SteadyRequests(services, Service.DEMO_APP, "/");
  }

  @AfterAll
  static void stop() throws Exception {
    PROBES.forEach(SteadyRequests::close);
    for (AutoCloseable one : Arrays.asList(requests, prometheus, services, api)) {
      if (one != null) {
        one.close();
      }
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(150))
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions();
  }

  // --- What the services expose
  // --------------------------------------------------------------------

  @Test
  @Order(1)
  void theReferenceListsTheExposedMetrics() throws Exception {
    // Given
    Map<String, Entry> entries =
        new YAMLMapper()
            .readValue(
                DOCS.resolve("metrics.yml").toFile(), new TypeReference<Map<String, Entry>>() {});
    Map<Service, List<Family>> exposed = new TreeMap<>();
    for (Service service : Service.values()) {
      exposed.put(service, services.metrics(service).ours());
    }

    // When
    String page = MetricsReference.page(exposed, entries);

    // Then
    Path generated = Files.writeString(Path.of("target/metrics.md"), page);
    assertThat(DOCS.resolve("metrics.md"))
        .as("is out of date: run `cp deploy/%s docs/metrics.md`, and commit it", generated)
        .hasContent(page);
  }

  @ParameterizedTest
  @EnumSource
  @Order(1)
  void promtoolAcceptsTheMetrics(Service service) throws Exception {
    assumeThat(SearchPath.ofThisProcess().find("promtool")).as("promtool").isPresent();
    // When
    Command.Result result =
        Command.of("promtool", "check", "metrics")
            .run(services.metrics(service).text().getBytes(StandardCharsets.UTF_8), line -> {});

    // Then
    assertThat(result.out() + result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  // --- Alerts
  // --------------------------------------------------------------------------------------

  @Test
  @Order(2)
  void noAlertFiresWithoutAFault() throws Exception {
    assumePrometheus();
    // Given
    await()
        .until(
            () ->
                prometheus.query("up == 1").size() == 2 * Service.values().length
                    && prometheus.query("podlab:requests_failed:ratio1m").size() > 0);

    // Then
    assertThat(prometheus.firing()).isEmpty();
  }

  @Test
  @Order(3)
  void eachQueryOfTheReferenceIsValid() throws Exception {
    assumePrometheus();
    Map<String, Entry> entries =
        new YAMLMapper()
            .readValue(
                DOCS.resolve("metrics.yml").toFile(), new TypeReference<Map<String, Entry>>() {});
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      assertThat(entry.getValue().query()).contains(entry.getKey());
      prometheus.query(entry.getValue().query());
    }
  }

  @Test
  @Order(4)
  void eachAlertFiresAndResolves() throws Exception {
    assumePrometheus();
    // Given
    Log log = new Log();

    // When: probe-target answers liveness probes with an error since ten seconds after its start.
    for (String path : List.of("/healthz", "/readyz", "/startupz")) {
      PROBES.add(new SteadyRequests(services, Service.PROBE_TARGET, path));
    }
    services.change(Service.DEMO_APP, "POST", "/faults/errors?rate=1&for=5m", "");
    services.change(Service.TOKEN_SERVICE, "POST", "/tokens", "ttl=15s");
    api.setConfigMap(BAD);
    log.fires("PodlabTokenExpiringSoon");
    log.fires("PodlabProbeFailing");
    log.fires("PodlabRequestsFailing");
    log.fires("PodlabConfigRejected");

    services.change(Service.PROBE_TARGET, "PUT", "/probes/liveness", "ok");
    services.change(Service.DEMO_APP, "DELETE", "/faults", "");
    api.setConfigMap(GOOD);
    log.resolves("PodlabConfigRejected");

    api.stop();
    log.fires("PodlabConfigStale");
    log.fires("PodlabBoardBlind");
    api.start();
    log.resolves("PodlabTokenExpiringSoon");

    services.stop(Service.TOKEN_SERVICE);
    log.fires("PodlabDown");
    services.startAgain(
        Service.TOKEN_SERVICE,
        Map.of("LAB_TOKEN_CA_FILE", Certificates.endingIn(7, folder).toString()));
    log.resolves("PodlabDown");
    log.fires("PodlabCaExpiring");
    services.stop(Service.TOKEN_SERVICE);
    services.startAgain(Service.TOKEN_SERVICE, Map.of());
    log.resolves("PodlabCaExpiring");

    log.resolves("PodlabProbeFailing");
    log.resolves("PodlabConfigStale");
    log.resolves("PodlabBoardBlind");
    log.resolves("PodlabRequestsFailing");

    // Then
    assertThat(log.resolved).isEqualTo(prometheus.alerts());
  }

  static List<Selection> selections() {
    return List.of(Selection.ALL, Selection.LAPTOP, Selection.CLUSTER);
  }

  /** The dashboards also show the faults of the alerts, so this comes after them. */
  @Test
  @Order(5)
  void causesTheOtherEventsOfTheDashboards() throws Exception {
    assumePrometheus();
    // When
    services.change(Service.DEMO_APP, "PUT", "/readyz", "fail:2s");
    services.change(Service.TOKEN_SERVICE, "POST", "/tokens", "ttl=1h");
    services.send(
        HttpRequest.newBuilder(services.uri(Service.TOKEN_SERVICE, "/tokens"))
            .header("Authorization", "Bearer " + services.adminToken())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("ttl=never")));
    services.get(Service.TOKEN_SERVICE, "/tokens");
    String good = configRevision();
    api.setConfigMap(BETTER);
    await().until(() -> !configRevision().equals(good));
    services.change(Service.CONFIGMAP_SERVICE, "POST", "/config/rollback/" + good, "");
    services.reload(Service.DEMO_APP);
    api.restartPod();
    await().until(() -> prometheus.query("lab_demo_probe_ok == 0").size() > 0);
    services.get(Service.DEMO_APP, "/delay/3s");
    services.stop(Service.DEMO_APP);
    services.startAgain(Service.DEMO_APP, Map.of());

    // Then
    await().until(() -> prometheus.query("lab_config_rolled_back == 1").size() > 0);
    await()
        .until(
            () -> prometheus.query("lab_board_moments_total{kind=\"restarted\"} > 0").size() > 0);
  }

  private static String configRevision() throws Exception {
    Matcher revision =
        Pattern.compile("^# revision (\\w+), ")
            .matcher(services.get(Service.CONFIGMAP_SERVICE, "/config").body());
    assertThat(revision.find()).isTrue();
    return revision.group(1);
  }

  @ParameterizedTest
  @MethodSource("selections")
  @Order(6)
  void eachQueryOfTheDashboardsFindsData(Selection selection) throws Exception {
    assumePrometheus();
    // Given
    DashboardQueries queries = DashboardQueries.ofScrapesEachSecond(prometheus.uri());

    // Then
    await().untilAsserted(() -> assertThat(queries.withoutData(selection, begin)).isEmpty());
  }

  private static void assumePrometheus() {
    assumeThat(prometheus).as("prometheus is not on the PATH").isNotNull();
  }

  /** The alerts that fired and resolved, with the time. */
  private static final class Log {
    private final Instant begin = Instant.now();
    private final Set<String> fired = new TreeSet<>();
    private final Set<String> resolved = new TreeSet<>();

    void fires(String alert) throws Exception {
      await().untilAsserted(() -> assertThat(prometheus.firing()).contains(alert));
      assertThat(prometheus.annotations(alert))
          .isNotEmpty()
          .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("<no value>", "<error"));
      fired.add(alert);
      print(alert, "fires");
    }

    void resolves(String alert) {
      assertThat(fired).contains(alert);
      await().untilAsserted(() -> assertThat(prometheus.firing()).doesNotContain(alert));
      resolved.add(alert);
      print(alert, "is resolved");
    }

    private void print(String alert, String what) {
      System.out.printf(
          "monitoring: +%d s %s %s%n",
          Duration.between(begin, Instant.now()).toSeconds(), alert, what);
    }
  }

  // --- How many series there are
  // -------------------------------------------------------------------

  @Test
  @Order(7)
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void abusiveRequestsDoNotCreateSeries() throws Exception {
    // When
    Abuse abuse = new Abuse(services);
    abuse.requests(ABUSIVE_REQUESTS);
    abuse.tokens(TOKENS);

    // Then
    for (Service service : Service.values()) {
      Exposition metrics = services.metrics(service);
      System.out.printf(
          "monitoring: %s has %d series in %d KiB after %d abusive requests%n",
          service.title(), metrics.series(), metrics.text().length() / 1024, abuse.sent(service));
      assertThat(metrics.series()).as("series of %s", service).isLessThan(2_000);
      assertThat(metrics.text().length()).as("bytes of %s", service).isLessThan(200 * 1024);
    }
  }
}
