package io.podlab.config.effective;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToIgnoringCase;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.config.MountedDirectory;
import io.podlab.config.delivery.Streams;
import io.podlab.config.directory.MountedConfigMap;
import io.podlab.config.reload.Reloader;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(MountedDirectory.class)
class ConfigResourceTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TestHTTPResource URI root;
  @Inject SettableClock clock;
  @Inject Reloader reloader;
  MountedConfigMap configMap;
  Path directory;

  @BeforeEach
  void publish() throws IOException {
    configMap.publish(Map.of("color", "red", "size", "large"));
    awaitColor("red");
  }

  @Test
  void answersCurlInText() {
    given()
        .accept("*/*")
        .when()
        .get("/config")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(
            matchesPattern(
                "# revision [0-9a-f]{16}, loaded \\S+Z from "
                    + directory
                    + "\n# source volume \\.\\.2026\\S+, confirmed \\S+Z\n"
                    + "color: red\ngreeting: Hello\nlog.level: INFO\nrefresh: 30s\nsize: large\n"));
  }

  @Test
  void answersTheSameByTheShortAndTheLongWay() {
    // When
    String quick = given().accept("*/*").get("/config").asString();
    String slow = given().accept("*/*").get("/config?anything").asString();

    // Then
    assertThat(quick.replaceAll("confirmed \\S+", ""))
        .isEqualTo(slow.replaceAll("confirmed \\S+", ""));
  }

  @Test
  void answersJsonOnRequest() {
    given()
        .accept(ContentType.JSON)
        .when()
        .get("/config")
        .then()
        .statusCode(200)
        .contentType(ContentType.JSON)
        .body("revision", matchesPattern("[0-9a-f]{16}"))
        .body("loadedAt", matchesPattern("2026-.*Z"))
        .body("confirmedAt", matchesPattern("2026-.*Z"))
        .body("source", equalTo("volume"))
        .body("origin", equalTo(directory.toString()))
        .body("version", startsWith("..2026"))
        .body("data.size", equalTo("large"))
        .body("data.greeting", equalTo("Hello"))
        .body("$", not(hasKey("rejected")))
        .body("$", not(hasKey("binaryData")));
  }

  @Test
  void hasTheRevisionAsETag() {
    // Given
    String revision = revision();

    // Then
    for (String accept : List.of("*/*", "application/json")) {
      given()
          .accept(accept)
          .get("/config")
          .then()
          .header("ETag", equalTo("W/\"" + revision + "\""))
          .header("Vary", equalToIgnoringCase("Accept"));
      given()
          .accept(accept)
          .header("If-None-Match", "\"other\", W/\"" + revision + "\"")
          .get("/config")
          .then()
          .statusCode(304)
          .header("Vary", equalToIgnoringCase("Accept"))
          .header("ETag", equalTo("W/\"" + revision + "\""))
          .body(equalTo(""));
      given()
          .accept(accept)
          .header("If-None-Match", "\"other\"")
          .get("/config")
          .then()
          .statusCode(200);
      assertThat(
              given()
                  .accept(accept)
                  .header("If-None-Match", "\"other\"")
                  .get("/config")
                  .headers()
                  .getValues("Vary"))
          .hasSize(1);
    }
  }

  @Test
  void answersOneValue() {
    given().accept("*/*").get("/config/size").then().statusCode(200).body(equalTo("large\n"));
    given()
        .accept(ContentType.JSON)
        .get("/config/size")
        .then()
        .body("key", equalTo("size"))
        .body("value", equalTo("large"))
        .body("source", equalTo("volume"))
        .body("revision", equalTo(revision()));
  }

  @Test
  void saysThatThereIsNoSuchKey() {
    when()
        .get("/config/nosuch")
        .then()
        .statusCode(404)
        .body(startsWith("404 Not Found: no key named 'nosuch'; "));
  }

  @Test
  void hasBinaryValuesInBase64() throws IOException {
    // When
    configMap.publishBytes(
        Map.of("color", "blue".getBytes(StandardCharsets.UTF_8), "logo", new byte[] {(byte) 0xff}));
    awaitColor("blue");

    // Then
    assertThat(config().getMap("binaryData")).isEqualTo(Map.of("logo", "/w=="));
    given()
        .accept(ContentType.JSON)
        .get("/config/logo")
        .then()
        .body("value", equalTo("/w=="))
        .body("base64", equalTo(true));
  }

  @Test
  void keepsWhatIsInEffectAndTellsOfTheRejectionEverywhere() throws IOException {
    // Given
    String before = revision();

    // When
    configMap.publish(Map.of("color", "not-a-color", "size", "small"));
    await().until(() -> config().get("rejected") != null);

    // Then
    assertThat(config().getString("revision")).isEqualTo(before);
    assertThat(config().getString("data.size")).isEqualTo("large");
    assertThat(config().getString("rejected.revision")).matches("[0-9a-f]{16}");
    assertThat(config().getString("rejected.when")).matches("2026.*Z");
    assertThat(config().getString("rejected.errors[0].key")).isEqualTo("color");
    assertThat(config().getString("rejected.errors[0].value")).isEqualTo("not-a-color");
    assertThat(config().getString("rejected.errors[0].why")).contains("a CSS color");
    given().accept("*/*").get("/config").then().body(containsString("\n# rejected "));
    when()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", containsInAnyOrder("configuration", "running"));
    when().get("/metrics").then().body(containsString("\nlab_config_last_reload_successful 0.0\n"));
  }

  @Test
  void tellsItsHistory() throws IOException {
    // Given
    configMap.publish(Map.of("color", "not-a-color"));
    await().until(() -> config().get("rejected") != null);
    configMap.publish(Map.of("color", "blue", "size", "large"));
    awaitColor("blue");

    // Then
    given()
        .accept(ContentType.JSON)
        .get("/config/history")
        .then()
        .body("revisions[0].result", equalTo("accepted"))
        .body("revisions[0].changes[0].key", equalTo("color"))
        .body("revisions[0].changes[0].before", equalTo("red"))
        .body("revisions[0].changes[0].after", equalTo("blue"))
        .body("revisions[1].result", equalTo("rejected"))
        .body("revisions[1].errors[0].key", equalTo("color"));
    given()
        .accept("*/*")
        .get("/config/history")
        .then()
        .body(containsString(" accepted revision "))
        .body(containsString("\n  color: red -> blue\n"))
        .body(containsString("\n  ! color is invalid: 'not-a-color' is not "));
  }

  @Test
  void answersAWatchWhenTheNextRevisionIsInEffect() throws Exception {
    // Given
    CompletableFuture<HttpResponse<String>> waiting = watch(revision());

    // When
    configMap.publish(Map.of("color", "not-a-color"));
    await().until(() -> config().get("rejected") != null);
    assertThat(waiting).isNotDone();
    configMap.publish(Map.of("color", "blue"));

    // Then
    assertThat(waiting.get().body()).contains("\ncolor: blue\n");
  }

  @Test
  void answersAWatchForAnotherRevisionAtOnce() throws Exception {
    assertThat(watch("0123456789abcdef").get().body()).contains("\ncolor: red\n");
  }

  private CompletableFuture<HttpResponse<String>> watch(String revision) {
    return HTTP.sendAsync(
        HttpRequest.newBuilder(root.resolve("/config?watch=" + revision)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void streamsEachState() throws Exception {
    // Given
    HttpResponse<InputStream> stream =
        HTTP.send(
            HttpRequest.newBuilder(root.resolve("/config/stream")).build(),
            BodyHandlers.ofInputStream());
    assertThat(stream.headers().firstValue("Content-Type"))
        .contains("text/event-stream;charset=UTF-8");
    List<String> colors = new ArrayList<>();

    // When
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      while (colors.size() < 2) {
        String line = lines.readLine();
        if (line.startsWith("data:")) {
          colors.add(JsonPath.from(line.substring("data:".length())).getString("data.color"));
          configMap.publish(Map.of("color", "blue"));
        }
      }
    }

    // Then
    assertThat(colors).containsExactly("red", "blue");
  }

  @Test
  void readsAgainWhenItIsTold() throws IOException {
    // Given
    configMap.publish(Map.of("color", "blue"));

    // When, Then
    given()
        .accept(ContentType.JSON)
        .when()
        .post("/-/reload")
        .then()
        .statusCode(200)
        // The regular check of the sources can be faster.
        .body("outcome", oneOf("reloaded", "unchanged"));
    assertThat(config().getString("data.color")).isEqualTo("blue");
    when().post("/-/reload").then().body(startsWith("unchanged: revision "));
  }

  @Test
  void saysThatWhatItReadWasRejected() throws IOException {
    // Given
    configMap.publish(Map.of("color", "not-a-color"));

    // When, Then
    when()
        .post("/-/reload")
        .then()
        .statusCode(200)
        .body(
            matchesPattern(
                "rejected: revision \\S+ is in effect since \\S+; color is invalid: 'not-a-color' .*\n"));
  }

  @Test
  void greetsWithIt() throws IOException {
    // When
    configMap.publish(Map.of("color", "blue", "greeting", "Hi", "features.shout", "true"));
    awaitColor("blue");

    // Then
    given()
        .accept("*/*")
        .get("/greeting")
        .then()
        .body(equalTo("HI!\ncolor blue, features on: shout\n"));
    given()
        .accept(ContentType.JSON)
        .get("/greeting")
        .then()
        .body("greeting", equalTo("HI!"))
        .body("color", equalTo("blue"))
        .body("features", equalTo(List.of("shout")));
  }

  @Test
  void hasAllMetricsBeforeAnythingHappens() {
    // When
    String metrics = when().get("/metrics").asString();

    // Then
    for (String result : List.of("success", "rejected", "gone", "unreadable")) {
      for (String source : List.of("volume", "environment", "arguments")) {
        assertThat(metrics)
            .contains(
                "lab_config_reloads_total{result=\"" + result + "\",source=\"" + source + "\"");
      }
    }
    assertThat(metrics)
        .contains("lab_config_last_reload_successful ")
        .contains("lab_config_last_reload_success_timestamp_seconds ")
        .contains("lab_config_last_confirmed_timestamp_seconds ")
        .contains("lab_config_reload_lag_seconds_bucket{source=\"volume\",le=\"0.25\"")
        .contains("lab_config_revision_info{revision=\"" + revision() + "\",} 1")
        .contains("lab_config_size_bytes ")
        .contains("lab_config_stale 0")
        .contains("lab_config_problem{problem=\"rejected\",}")
        .contains("lab_config_watching{source=\"volume\",} 1")
        .contains("lab_config_watching{source=\"environment\",} 0");
  }

  private static JsonPath config() {
    return given().accept(ContentType.JSON).get("/config").jsonPath();
  }

  private static String revision() {
    return config().getString("revision");
  }

  private static void awaitColor(String color) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                config().getString("data.color").equals(color) && config().get("rejected") == null);
  }

  @Test
  void hasAnotherETagWhileARejectionStands() throws IOException {
    // Given
    String good = given().accept("*/*").get("/config").header("ETag");
    configMap.publish(Map.of("color", "not-a-color"));
    await().until(() -> config().get("rejected") != null);

    // When, Then
    given()
        .accept("*/*")
        .header("If-None-Match", good)
        .get("/config")
        .then()
        .statusCode(200)
        .header("ETag", not(equalTo(good)))
        .body(containsString("\n# rejected "));
    String rejected = given().accept("*/*").get("/config").header("ETag");
    given().accept("*/*").header("If-None-Match", rejected).get("/config").then().statusCode(304);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config/stream", "/sources/stream"})
  void countsNoStreamOfWhichTheHeadAloneIsWanted(String path) throws Exception {
    // Given
    for (int i = 0; i < Streams.MOST + 10; i++) {
      when().head(path).then().statusCode(200);
    }

    // When
    HttpResponse<InputStream> stream =
        HTTP.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofInputStream());

    // Then
    stream.body().close();
    assertThat(stream.statusCode()).isEqualTo(200);
  }

  @Test
  void makesALongAnswerAnewForItsConfirmationEveryTenSeconds() throws IOException {
    // Given
    configMap.publish(Map.of("color", "blue", "long", "x".repeat(100_000)));
    awaitColor("blue");
    Set<Instant> shown = new HashSet<>();

    // When
    for (int second = 0; second < 20; second++) {
      clock.advance(Duration.ofSeconds(1));
      awaitConfirmation();
      shown.add(confirmedAt());
    }

    // Then
    assertThat(shown).hasSizeBetween(2, 3);
    configMap.publish(Map.of("color", "green", "long", "x".repeat(100_000)));
    awaitColor("green");
    assertThat(confirmedAt()).isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Instant confirmedAt() {
    return Instant.parse(config().getString("confirmedAt"));
  }

  private void awaitConfirmation() {
    await().until(() -> reloader.confirmedAt().map(clock.instant()::equals).orElse(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/config", "/config/color", "/config/history", "/sources", "/greeting"})
  void hasTheSameTypeForTheHeadAlone(String path) {
    for (String type : List.of("application/json", "text/plain")) {
      given().accept(type).head(path).then().statusCode(200).contentType(startsWith(type));
    }
  }

  @Test
  void streamsToNoMoreThanItsBoundHoweverManyComeAtOnce() throws Exception {
    // When
    List<HttpResponse<InputStream>> streams =
        IntStream.range(0, Streams.MOST + 30)
            .mapToObj(i -> stream(i % 2 == 0 ? "/config/stream" : "/sources/stream"))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    // Then
    try {
      assertThat(streams).filteredOn(one -> one.statusCode() == 200).hasSize(Streams.MOST);
      assertThat(streams).filteredOn(one -> one.statusCode() == 503).hasSize(30);
    } finally {
      for (HttpResponse<InputStream> stream : streams) {
        stream.body().close();
      }
    }
    await()
        .until(
            () -> {
              HttpResponse<InputStream> stream = stream("/config/stream").join();
              stream.body().close();
              return stream.statusCode() == 200;
            });
  }

  @Test
  void streamsThoughAThousandWait() throws Exception {
    // Given
    String path = "/config?watch=" + revision();
    List<Socket> waiting = new ArrayList<>();
    try {
      while (waiting.size() < 1001) {
        waiting.add(asking(path));
      }
      // One stream more than the limit gets 503.
      await().until(() -> waiting.stream().anyMatch(ConfigResourceTest::hasAnswer));

      // When
      HttpResponse<InputStream> stream = stream("/config/stream").join();

      // Then
      assertThat(stream.statusCode()).isEqualTo(200);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.readLine()).startsWith("data:");
      }
    } finally {
      for (Socket one : waiting) {
        one.close();
      }
    }
  }

  private Socket asking(String path) throws IOException {
    Socket socket = new Socket(root.getHost(), root.getPort());
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static boolean hasAnswer(Socket socket) {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private CompletableFuture<HttpResponse<InputStream>> stream(String path) {
    return HTTP.sendAsync(
        HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofInputStream());
  }

  @Test
  void rollsBackUntilTheConfigMapChanges() throws Exception {
    // Given
    String red = revision();
    configMap.publish(Map.of("color", "blue"));
    awaitColor("blue");
    String blue = revision();
    CompletableFuture<HttpResponse<String>> waiting = watch(blue);

    // When
    given()
        .accept("*/*")
        .post("/config/rollback/" + red)
        .then()
        .statusCode(200)
        .body(startsWith("rolled back: revision " + red + " is in effect since "));

    // Then
    assertThat(waiting.get().body()).contains("\ncolor: red\n");
    given()
        .accept(ContentType.JSON)
        .post("/config/rollback/" + red)
        .then()
        .body("outcome", equalTo("unchanged"))
        .body("rollback.sourceRevision", equalTo(blue));
    when()
        .post("/-/reload")
        .then()
        .body(startsWith("unchanged: revision " + red))
        .body(containsString("; the source has " + blue));
    given()
        .accept("*/*")
        .header("If-None-Match", "W/\"" + red + "\"")
        .get("/config")
        .then()
        .statusCode(200)
        .body(containsString("\n# rolled back to " + red + " at "));
    given().accept("*/*").get("/greeting").then().body(containsString("color red"));
    given()
        .accept("*/*")
        .get("/config/history")
        .then()
        .body(containsString("Z rollback to revision " + red + ", 2 keys changed\n"));
    given()
        .accept(ContentType.JSON)
        .get("/sources")
        .then()
        .body("sources.find { it.active }.problem", startsWith("rolled back to " + red));
    when()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body(containsString("rolled back to " + red));
    when().get("/metrics").then().body(containsString("\nlab_config_rolled_back 1.0\n"));
    configMap.publish(Map.of("color", "green"));
    awaitColor("green");
    assertThat(config().getMap("$")).doesNotContainKey("rollback");
    when().get("/metrics").then().body(containsString("\nlab_config_rolled_back 0.0\n"));
  }
}
