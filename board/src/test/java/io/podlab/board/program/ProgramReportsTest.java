package io.podlab.board.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server replaces the programs and, with the paths of the pod proxy, the API server. */
class ProgramReportsTest {
  private static final String PROXIED = "/api/v1/namespaces/ns/pods/[a-z0-9-]+:\\d+/proxy";
  private static final String OVERVIEW = "{\"now\":\"%s\"}";

  private enum Access {
    DIRECT,
    PROXY
  }

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Consumer<HttpServerRequest>> paths = new ConcurrentHashMap<>();
  private final List<HttpServerResponse> streams = new CopyOnWriteArrayList<>();
  private final List<Observed> moments = new CopyOnWriteArrayList<>();
  private volatile Consumer<Observed> timeline = moments::add;
  private final Instant start = java.time.Clock.systemUTC().instant();
  private volatile String history = event("process-start", 0);
  private volatile Duration behind = Duration.ZERO;
  private Duration retry = Duration.ofMinutes(1);
  private int flooded;
  private HttpServer server;
  private KubernetesClient client;
  private ProgramReports reports;

  @BeforeEach
  void begin() throws Exception {
    paths.put(
        "/lifecycle",
        request -> request.response().end(OVERVIEW.formatted(now().minus(behind).toString())));
    paths.put(
        "/lifecycle?follow",
        request -> {
          HttpServerResponse stream = request.response().setChunked(true);
          stream.putHeader("Content-Type", "text/event-stream").write(history);
          streams.add(stream);
        });
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl("http://127.0.0.1:" + server.actualPort())
                    .withOauthToken("secret")
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
  }

  @AfterEach
  void end() {
    reports.stop();
    client.close();
    vertx.close();
  }

  private void answer(HttpServerRequest request) {
    requests.add(request);
    Consumer<HttpServerRequest> path = paths.get(request.uri().replaceFirst(PROXIED, ""));
    if (path == null) {
      request.response().setStatusCode(404).end("404 Not Found");
    } else {
      path.accept(request);
    }
  }

  private void begin(Access access) {
    reports =
        new ProgramReports(
            () -> Optional.of(transport(access)),
            observed -> timeline.accept(observed),
            ProgramReportsTest::now,
            retry);
  }

  private Transport transport(Access access) {
    return access == Access.DIRECT ? new DirectTransport(vertx) : new ProxyTransport(client);
  }

  private static Instant now() {
    return java.time.Clock.systemUTC().instant();
  }

  @ParameterizedTest
  @EnumSource
  void showsReportsOfTheProgramImmediately(Access access) {
    // Given
    begin(access);
    reports.changed(demoApp("a"));
    awaitTexts("process started");

    // When
    send(event("sigterm", 5));
    send("event:traffic\ndata:{\"at\":\"" + start + "\",\"requests\":1,\"inFlight\":0}\n\n");
    send(event("last-request", 6));

    // Then
    awaitTexts("process started", "SIGTERM received", "last request before shutdown");
    assertThat(moments).extracting(Observed::lane).containsOnly("a");
    assertThat(moments).extracting(Observed::approximate).containsOnly(false);
    assertThat(moments.get(1).kind()).isEqualTo(Kind.SIGNAL_ARRIVED);
  }

  @ParameterizedTest
  @EnumSource
  void reconnectsWithoutRepeatingReports(Access access) {
    // Given
    begin(access);
    reports.changed(demoApp("a"));
    awaitTexts("process started");

    // When
    history += event("listening", 1);
    streams.get(0).reset();

    // Then
    await().until(() -> streams.size() == 2);
    awaitTexts("process started", "listening for connections");
  }

  @ParameterizedTest
  @EnumSource
  void retriesUntilTheProgramListens(Access access) {
    // Given
    Consumer<HttpServerRequest> ready = paths.get("/lifecycle");
    paths.put("/lifecycle", request -> request.response().setStatusCode(500).end("refused"));
    begin(access);

    // When
    reports.changed(demoApp("a"));
    await().until(() -> requests.size() > 1);
    paths.put("/lifecycle", ready);

    // Then
    awaitTexts("process started");
  }

  @ParameterizedTest
  @EnumSource
  void followsARestartedContainerAgain(Access access) {
    // Given
    begin(access);
    reports.changed(demoApp("a"));
    awaitTexts("process started");

    // When
    reports.changed(demoApp("a", "2", start));
    reports.changed(demoApp("a", "2", start));

    // Then
    awaitTexts("process started", "process started");
    assertThat(streams).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsTheLastReportsOfADeletedPod(Access access) {
    // Given
    begin(access);
    Pod pod = demoApp("a");
    reports.changed(pod);
    awaitTexts("process started");

    // When
    reports.gone(pod);
    send(event("sigterm", 5));
    awaitTexts("process started", "SIGTERM received");
    streams.get(0).end();

    // Then
    reports.changed(demoApp("b"));
    await().until(() -> streams.size() == 2);
    assertThat(requests)
        .extracting(HttpServerRequest::uri)
        .filteredOn(uri -> uri.endsWith("follow"))
        .hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void stopsFollowingAnUnknownProgram(Access access) {
    // Given
    begin(access);
    paths.put("/lifecycle?follow", request -> request.response().setStatusCode(404).end("no"));

    // When
    reports.changed(demoApp("a"));
    await().until(() -> requests.size() == 2);
    reports.changed(demoApp("a"));
    reports.changed(pod("b", "podlab/probe-target", "1", start));

    // Then
    await().until(() -> requests.size() == 3);
    assertThat(requests.get(2).uri()).endsWith("/probes");
    assertThat(moments).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void correctsAClockThatIsAMinuteBehind(Access access) {
    // Given
    behind = Duration.ofMinutes(1);
    history = event("process-start", -90);
    begin(access);

    // When
    reports.changed(demoApp("a"));

    // Then
    awaitTexts("process started");
    assertThat(Duration.between(moments.get(0).apiTime().orElseThrow(), start).toSeconds())
        .isBetween(28L, 30L);
  }

  @ParameterizedTest
  @EnumSource
  void continuesAfterInvalidAndLongInput(Access access) {
    // Given
    history =
        "event:event\ndata:{\n\n\u0000\u0001\n\nevent:event\ndata:"
            + "x".repeat(1 << 20)
            + "\n\n"
            + event("listening", 1);
    begin(access);

    // When
    reports.changed(demoApp("a"));

    // Then
    awaitTexts("listening for connections");
  }

  @ParameterizedTest
  @EnumSource
  void stopsFollowingAProgramThatSendsTooMuch(Access access) {
    // Given
    CountDownLatch closed = new CountDownLatch(1);
    paths.put(
        "/lifecycle?follow",
        request -> {
          HttpServerResponse stream = request.response().setChunked(true);
          stream.exceptionHandler(cut -> closed.countDown());
          stream.closeHandler(cut -> closed.countDown());
          flood(stream);
        });
    begin(access);

    // When
    reports.changed(demoApp("a"));

    // Then
    await().until(() -> closed.getCount() == 0);
    assertThat(moments).hasSizeBetween(700, 900);
    assertThat(requests).hasSize(2);
  }

  private void flood(HttpServerResponse stream) {
    for (int i = 0; i < 100 && !stream.closed(); i++) {
      stream.write(event("ready", flooded++));
    }
    if (stream.writeQueueFull()) {
      stream.drainHandler(ready -> flood(stream));
    } else if (!stream.closed()) {
      vertx.runOnContext(soon -> flood(stream));
    }
  }

  @ParameterizedTest
  @EnumSource
  void losesNoReportsWithASlowTimeline(Access access) {
    // Given
    CountDownLatch slow = new CountDownLatch(1);
    timeline =
        observed -> {
          try {
            slow.await();
          } catch (InterruptedException end) {
            throw new AssertionError(end);
          }
          moments.add(observed);
        };
    begin(access);
    reports.changed(demoApp("a"));
    await().until(() -> streams.size() == 1);

    // When
    for (int i = 1; i <= 500; i++) {
      send(event("reload", i));
    }
    slow.countDown();

    // Then
    await().until(() -> moments.size() == 501);
    assertThat(moments).extracting(Observed::kind).startsWith(Kind.PROGRAM_STARTED);
  }

  @Test
  void neverSendsTheCredentialToAPod() {
    // Given
    begin(Access.DIRECT);

    // When
    reports.changed(demoApp("a"));

    // Then
    awaitTexts("process started");
    assertThat(requests)
        .allSatisfy(request -> assertThat(request.headers().contains("Authorization")).isFalse());
  }

  @ParameterizedTest
  @EnumSource
  void followsNoRedirect(Access access) {
    // Given
    paths.put(
        "/lifecycle",
        request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("Location", "http://127.0.0.1:" + server.actualPort() + "/elsewhere")
                .end());
    begin(access);

    // When
    reports.changed(demoApp("a"));

    // Then
    await().until(() -> requests.size() == 3);
    assertThat(requests)
        .extracting(HttpServerRequest::uri)
        .allMatch(uri -> uri.endsWith("/lifecycle"));
  }

  private static void forbid(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(403)
        .end("{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"code\":403}");
  }

  @Test
  void retriesAForbiddenNamespace() {
    // Given
    Consumer<HttpServerRequest> allowed = paths.get("/lifecycle");
    paths.put("/lifecycle", ProgramReportsTest::forbid);
    retry = Duration.ofMillis(100);
    begin(Access.PROXY);
    reports.changed(demoApp("a"));
    await().until(() -> requests.size() > 1);

    // When
    paths.put("/lifecycle", allowed);

    // Then
    awaitTexts("process started");
  }

  @Test
  void followsOtherProgramsIfOneAnswers403() {
    // Given
    Consumer<HttpServerRequest> allowed = paths.get("/lifecycle");
    paths.put("/lifecycle", ProgramReportsTest::forbid);
    begin(Access.DIRECT);
    reports.changed(demoApp("a"));
    await().until(() -> requests.size() == 1);

    // When
    paths.put("/lifecycle", allowed);
    reports.changed(demoApp("b"));

    // Then
    awaitTexts("process started");
    assertThat(moments).extracting(Observed::lane).containsExactly("b");
  }

  @ParameterizedTest
  @EnumSource
  void closesTheConnectionToAProgramThatNeverAnswers(Access access) {
    // Given
    AtomicInteger open = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    paths.put(
        "/silent",
        request -> {
          open.incrementAndGet();
          request.connection().closeHandler(closed -> open.decrementAndGet());
        });
    begin(access);
    Transport.Connection connection =
        transport(access)
            .get(
                Run.of(demoApp("a")).orElseThrow(),
                "/silent",
                Map.of(),
                Duration.ofSeconds(1),
                new Silence(ended));
    await().until(() -> open.get() == 1);

    // When
    connection.cancel();

    // Then
    await().until(() -> ended.get() && open.get() == 0);
  }

  @Test
  void reconnectsOnlyAfterTheConnectionIsClosed() {
    // Given
    List<Transport.Answer> answers = new CopyOnWriteArrayList<>();
    AtomicInteger cancelled = new AtomicInteger();
    Transport silent =
        new Transport() {
          @Override
          public Connection get(
              Run run, String path, Map<String, String> headers, Duration patience, Answer answer) {
            answers.add(answer);
            return cancelled::incrementAndGet;
          }

          @Override
          public boolean isDirect() {
            return true;
          }
        };
    reports =
        new ProgramReports(() -> Optional.of(silent), moments::add, ProgramReportsTest::now, retry);

    // When
    reports.changed(demoApp("a"));
    await().atMost(Duration.ofSeconds(40)).until(() -> cancelled.get() == 2);

    // Then
    assertThat(answers).hasSize(1);

    // When
    answers.get(0).end();

    // Then
    await().until(() -> answers.size() == 2);
  }

  private record Silence(AtomicBoolean ended) implements Transport.Answer {
    @Override
    public void head(int status, Optional<String> date) {
      throw new AssertionError("there is none");
    }

    @Override
    public void chunk(byte[] bytes, Runnable more) {
      throw new AssertionError("there is none");
    }

    @Override
    public void end() {
      ended.set(true);
    }
  }

  @Test
  void repeatsNoReportsOfAProgramThatIsFollowedAgain() {
    // Given
    begin(Access.DIRECT);
    for (int i = 0; i < ProgramReports.MOST; i++) {
      reports.changed(demoApp("pod-" + i, "1", start.plusSeconds(i)));
    }
    await().until(() -> moments.size() == ProgramReports.MOST);
    Pod newest = demoApp("new", "1", start.plusSeconds(100));
    reports.changed(newest);
    await().until(() -> moments.size() == ProgramReports.MOST + 1);

    // When
    reports.gone(newest);
    await().until(() -> streams.size() == ProgramReports.MOST + 2);
    send(event("listening", 1));

    // Then
    await().until(() -> moments.stream().anyMatch(one -> one.text().startsWith("listening")));
    assertThat(moments).hasSize(ProgramReports.MOST + 2);
    assertThat(moments.get(ProgramReports.MOST + 1).lane()).isEqualTo("pod-0");
  }

  @Test
  void logsOnceIfTheProxyIsForbidden() {
    // Given
    paths.put("/lifecycle", ProgramReportsTest::forbid);
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler log = new LogRecorder(logged);
    Logger.getLogger(ProgramReports.class.getName()).addHandler(log);
    begin(Access.PROXY);

    // When
    reports.changed(demoApp("a"));
    await().until(() -> logged.size() == 1);
    reports.changed(demoApp("b"));
    paths.put("/lifecycle", request -> request.response().end("{}"));
    reports.changed(demoApp("a", "2", start));

    // Then
    await().during(Duration.ofMillis(500)).until(() -> requests.size() == 1 && logged.size() == 1);
    Logger.getLogger(ProgramReports.class.getName()).removeHandler(log);
  }

  private static final class LogRecorder extends Handler {
    private final List<LogRecord> records;

    LogRecorder(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord one) {
      records.add(one);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void followsTheNewestIfThereAreMany() {
    // Given
    begin(Access.DIRECT);
    for (int i = 0; i < ProgramReports.MOST; i++) {
      reports.changed(demoApp("pod-" + i, "1", start.plusSeconds(i)));
    }
    await().until(() -> moments.size() == ProgramReports.MOST);

    // When
    reports.changed(demoApp("new", "1", start.plusSeconds(100)));
    reports.changed(demoApp("old", "1", start.minusSeconds(100)));

    // Then
    await().until(() -> moments.size() == ProgramReports.MOST + 1);
    assertThat(moments.get(ProgramReports.MOST).lane()).isEqualTo("new");
    await().until(() -> streams.stream().filter(HttpServerResponse::closed).count() == 1);
  }

  @Test
  void followsEachProbe() {
    // Given
    begin(Access.DIRECT);
    paths.put(
        "/probes",
        request -> request.response().end("{\"probes\":[{\"probe\":\"liveness\",\"hits\":1}]}"));
    for (String probe : List.of("liveness", "readiness", "startup")) {
      paths.put(
          "/probes/" + probe + "/history?follow",
          request -> {
            HttpServerResponse stream = request.response().setChunked(true);
            stream.write(probe(1, start.minusSeconds(3)));
            if (probe.equals("liveness")) {
              stream.write(probe(2, now()));
              stream.write(probe(3, now()));
            }
          });
    }

    // When
    reports.changed(pod("a", "podlab/probe-target:1", "1", start));

    // Then
    await().until(() -> moments.size() == 5);
    assertThat(moments)
        .filteredOn(observed -> observed.text().startsWith("liveness"))
        .extracting(Observed::kind, Observed::count)
        .hasSize(3);
    assertThat(moments.stream().filter(observed -> observed.count() == 3).toList())
        .extracting(Observed::approximate)
        .containsExactly(false);
  }

  private static String probe(int number, Instant at) {
    return "id:%d\ndata:{\"number\":%d,\"at\":\"%s\",\"mechanism\":\"http\",\"answer\":\"ok\"}\n\n"
        .formatted(number, number, at);
  }

  private void send(String text) {
    streams.get(streams.size() - 1).write(text);
  }

  private String event(String name, int second) {
    return "event:event\ndata:{\"event\":\"%s\",\"at\":\"%s\"}\n\n"
        .formatted(name, start.plusMillis(second < 0 ? second * 1000L : second));
  }

  private void awaitTexts(String... texts) {
    await()
        .untilAsserted(() -> assertThat(moments).extracting(Observed::text).containsExactly(texts));
  }

  private Pod demoApp(String uid) {
    return demoApp(uid, "1", start);
  }

  private Pod demoApp(String uid, String container, Instant started) {
    return pod(uid, "podlab/demo-app:1", container, started);
  }

  private Pod pod(String uid, String image, String container, Instant started) {
    return new PodBuilder()
        .withNewMetadata()
        .withUid(uid)
        .withNamespace("ns")
        .withName(uid)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .addNewPort()
        .withName("http")
        .withContainerPort(server.actualPort())
        .endPort()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPodIP("127.0.0.1")
        .addNewContainerStatus()
        .withName("main")
        .withContainerID(container)
        .withRestartCount(0)
        .withNewState()
        .withNewRunning()
        .withStartedAt(started.toString())
        .endRunning()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
