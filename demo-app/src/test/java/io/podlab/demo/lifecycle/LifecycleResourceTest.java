package io.podlab.demo.lifecycle;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;

import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class LifecycleResourceTest {
  @TestHTTPResource URL root;

  @Test
  void isATableForCurl() {
    // Given
    when().get("/").then().statusCode(200);
    when().get("/q/health/live").then().statusCode(200);

    // Then
    given()
        .accept("*/*")
        .when()
        .get("/lifecycle")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(matchesPattern("(?s)EVENT +AT +AFTER +DETAIL\nprocess-start +2026-.*"))
        .body(containsString("first-request "))
        .body(containsString("first-liveness-probe "))
        .body(containsString("listening "))
        .body(containsString("last-request "));
  }

  @Test
  void isJsonOnRequest() {
    // Given
    when().get("/").then().statusCode(200);

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/lifecycle")
        .then()
        .statusCode(200)
        .body("requests", greaterThan(0))
        .body("inFlight", equalTo(0))
        .body("uptimeSeconds", greaterThan(0f))
        .body("events.event", hasItems("process-start", "listening", "ready", "first-request"))
        .body("events[0].afterSeconds", equalTo(0f));
  }

  @ParameterizedTest
  @CsvSource({"/lifecycle, text/event-stream", "/lifecycle?follow, */*"})
  void streamsWhatHasHappenedAndTheTraffic(String path, String accept) throws Exception {
    // When
    HttpResponse<Stream<String>> stream = stream(path, accept);

    // Then
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (Stream<String> lines = stream.body()) {
      assertThat(lines.takeWhile(line -> !line.contains("\"inFlight\":")).toList())
          .startsWith("event:event")
          .contains("event:traffic")
          .anyMatch(
              line ->
                  line.startsWith("data:{\"event\":\"process-start\"")
                      && line.contains("\"afterSeconds\":0.0"));
    }
  }

  @ParameterizedTest
  @CsvSource({"/lifecycle?follow, text/event-stream", "/page/events, text/event-stream"})
  void endsAnAnswerThatHasNoContent(String path, String type) throws Exception {
    // Given
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest head =
        HttpRequest.newBuilder(URI.create(root + path.substring(1)))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(10))
            .build();

    // Then: also on the same connection
    for (int i = 0; i < 3; i++) {
      HttpResponse<Void> answer = client.send(head, BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }
  }

  @Test
  void isATableForAClientThatSaysNothing() throws Exception {
    // When
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(root + "lifecycle"))
                    .timeout(Duration.ofSeconds(10))
                    .build(),
                BodyHandlers.ofString());

    // Then
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
  }

  @Test
  void losesNoCountOfAClientThatGoesAway() throws IOException {
    // Given
    try (Socket client = new Socket(root.getHost(), root.getPort())) {
      client
          .getOutputStream()
          .write(
              "GET /delay/4m HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> inFlight() == 1);
    }

    // Then
    await().until(() -> inFlight() == 0);
  }

  @Test
  void losesNoCountOfARequestWithAnUnknownVersionOfHttp() throws IOException {
    // When
    for (int i = 0; i < 3; i++) {
      RawRequest.send("GET / HTTP/2.0\r\nHost: test\r\nConnection: close\r\n\r\n");
    }

    // Then
    await().until(() -> inFlight() == 0);
  }

  @Test
  void measuresWhatIsInFlightAndWhatHasHappened() {
    when()
        .get("/metrics")
        .then()
        .body(containsString("lab_demo_inflight_requests 0.0"))
        .body(containsString("lab_demo_lifecycle_timestamp_seconds{event=\"process-start\""));
  }

  private static long inFlight() {
    return given().accept("application/json").get("/lifecycle").jsonPath().getLong("inFlight");
  }

  private HttpResponse<Stream<String>> stream(String path, String accept) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(root + path.substring(1)))
                .header("Accept", accept)
                .build(),
            BodyHandlers.ofLines());
  }

  @Test
  void countsEachAnswerHoweverItWasGiven() {
    // Given
    double before = requests();

    // When
    given().accept("*/*").when().get("/").then().statusCode(200);
    given().accept("application/json").when().get("/").then().statusCode(200);
    when().get("/healthz").then().statusCode(200);

    // Then
    await().untilAsserted(() -> assertThat(requests()).isEqualTo(before + 2));
  }

  private static double requests() {
    String metrics = when().get("/metrics").asString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("lab_demo_requests_total "))
        .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
        .findFirst()
        .orElseThrow();
  }
}
