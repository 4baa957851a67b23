package io.podlab.config.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.PackagedService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With as much memory as its container has, and a ConfigMap of a mebibyte that changes all the
 * while, nothing that clients do ends the service, or keeps it from answering afterwards.
 */
@Timeout(300)
class SlowClientsIT {
  private static final String MEMORY =
      "-Xmx128m -XX:MaxDirectMemorySize=64m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError";

  /** Written as u0001, it is six times as long. */
  private static final String CONTROL = "\u0001";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  @TempDir Path elsewhere;
  private PackagedService service;
  private Crowd crowd;
  private int changes;

  @BeforeEach
  void start() throws IOException {
    change("x");
    service =
        PackagedService.start(
            Map.of("LAB_CONFIG_DIR", directory.toString(), "JAVA_TOOL_OPTIONS", MEMORY));
    crowd = new Crowd(service.uri("/"));
  }

  @AfterEach
  void stop() throws IOException {
    crowd.close();
    service.close();
  }

  @Test
  void survivesAThousandThatWaitAndDoNotRead() throws Exception {
    // Given
    crowd.ask(900, Crowd.get("/config?watch=" + revision()));

    // When
    changeFor(Duration.ofSeconds(3), CONTROL);

    // Then
    answersAsBefore();
  }

  @Test
  void answersAThousandThatWaitAndRead() throws Exception {
    // Given
    String before = revision();
    crowd.ask(900, Crowd.get("/config?watch=" + before));

    // When
    change("y");

    // Then
    assertThat(crowd.whole(200, PATIENCE)).isEqualTo(900);
  }

  @Test
  void survivesStreamsThatNobodyReads() throws Exception {
    // Given
    crowd.ask(20, Crowd.get("/config/stream")).ask(100, Crowd.get("/sources/stream"));

    // When
    changeFor(Duration.ofSeconds(5), CONTROL);

    // Then
    try (Crowd late = new Crowd(service.uri("/"))) {
      assertThat(late.ask(1, Crowd.get("/config/stream")).whole(503, PATIENCE)).isOne();
    }
    crowd.vanish();
    answersAsBefore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config", "/config/big", "/config/history", "/sources"})
  void survivesThoseWhoAskOnAndReadNothing(String path) throws Exception {
    // Given
    for (String accept : new String[] {"text/plain", "application/json"}) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n\r\n";
      crowd.ask(300, request.repeat(10));
    }

    // When
    changeFor(Duration.ofSeconds(2), CONTROL);

    // Then
    answersAsBefore();
  }

  @Test
  void survivesThoseWhoReadNoAnswerOfManyThatAreMadeForEach() throws Exception {
    // When
    crowd.ask(1500, Crowd.get("/metrics").repeat(15));

    // Then
    answersAsBefore();
  }

  @Test
  void cutsOffWhoAsksOnWithoutEnd() throws Exception {
    // When
    crowd.ask(10, Crowd.get("/config?watch=" + revision()) + Crowd.get("/greeting").repeat(100));

    // Then
    assertThat(crowd.connected(Duration.ofSeconds(10))).isZero();
  }

  @Test
  void cutsOffThoseWhoKeepTheOldestAnswersFromBeingForgotten() throws Exception {
    // Given
    crowd.ask(1, Crowd.get("/config"));

    // When
    try (Crowd later = new Crowd(service.uri("/"))) {
      for (int i = 0; i < 2 * Delivery.MOST_BYTES / (1024 * 1024); i++) {
        change("x");
        service.post("/-/reload", "text/plain", "");
        later.ask(1, Crowd.get("/config"));
      }

      // Then
      assertThat(crowd.whole(200, Duration.ofSeconds(10))).isZero();
      answersAsBefore();
    }
  }

  @Test
  void endsThoughOneDoesNotRead() throws Exception {
    // Given
    crowd.ask(1, Crowd.get("/config")).ask(1, Crowd.get("/config/stream"));
    assertThat(service.get("/config").statusCode()).isEqualTo(200);

    // When
    service.terminate();

    // Then
    assertThat(service.exitCode(Duration.ofSeconds(12))).isIn(0, 143);
    assertThat(service.output()).doesNotContain("ERROR");
  }

  @Test
  void endsNoStreamInTheMiddleOfAnEvent() throws Exception {
    // Given
    crowd.ask(1, Crowd.get("/config/stream"));
    assertThat(service.get("/config").statusCode()).isEqualTo(200);

    // When
    service.terminate();
    TimeUnit.MILLISECONDS.sleep(700);

    // Then
    assertThat(crowd.texts(Duration.ofSeconds(20)))
        .singleElement()
        .asString()
        .endsWith("}}\n\n\r\n0\r\n\r\n");
  }

  @Test
  void forgetsThoseWhoVanish() throws Exception {
    // When
    for (int i = 0; i < 12; i++) {
      crowd
          .ask(100, Crowd.get("/config?watch=" + revision()))
          .ask(20, Crowd.get("/config/stream"))
          .ask(100, Crowd.get("/sources/stream"));
      change("x");
      crowd.vanish();
    }

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> answersAsBefore());
  }

  @Test
  void answersWhileBodiesComeSlowly() throws Exception {
    // Given
    String head = "POST /config/check HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n";
    crowd.ask(50, head + "a: " + "x".repeat(1_000_000));

    // When
    int refused = crowd.whole(503, Duration.ofSeconds(10));

    // Then
    assertThat(refused).isGreaterThan(25).isLessThan(50);
    answersAsBefore();
    crowd.vanish();
    await()
        .atMost(PATIENCE)
        .until(() -> service.post("/config/check", "text/yaml", "color: red").statusCode() == 200);
  }

  /** By another file in its place, so that none is ever read half written. */
  private void change(String filling) throws IOException {
    String value = "%08d".formatted(++changes);
    Path next = elsewhere.resolve("next");
    Files.writeString(next, value + filling.repeat(1024 * 1024 - 1024));
    Files.move(next, directory.resolve("big"), StandardCopyOption.REPLACE_EXISTING);
  }

  private void changeFor(Duration time, String filling) throws InterruptedException {
    ScheduledExecutorService editor = Executors.newSingleThreadScheduledExecutor();
    editor.scheduleAtFixedRate(
        () -> {
          try {
            change(filling);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        0,
        200,
        TimeUnit.MILLISECONDS);
    editor.awaitTermination(time.toMillis(), TimeUnit.MILLISECONDS);
    editor.shutdown();
    assertThat(editor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private String revision() throws Exception {
    return service.get("/config").body().replaceAll("(?s)^# revision ([0-9a-f]+),.*", "$1");
  }

  private void answersAsBefore() throws Exception {
    assertThat(service.get("/config").statusCode()).isEqualTo(200);
    assertThat(service.get("/config?watch=0123456789abcdef").statusCode()).isEqualTo(200);
    assertThat(service.get("/sources").statusCode()).isEqualTo(200);
    assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(Crowd.begin(service.uri("/"), "/config/stream")).contains("200 OK", "\r\ndata:");
    assertThat(Crowd.begin(service.uri("/"), "/sources/stream")).contains("200 OK", "\r\ndata:");
    String value = "%08d".formatted(changes);
    await().atMost(PATIENCE).until(() -> service.get("/config/big").body().startsWith(value));
    assertThat(service.output()).doesNotContain("ERROR", "already registered");
  }
}
