package io.podlab.probe.control;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProbesResourceTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @Inject Probes probes;

  @AfterEach
  void reset() {
    probes.all().forEach(Probe::reset);
  }

  @Test
  void showsATableByDefault() {
    // When
    String table = when().get("/probes").then().statusCode(200).extract().asString();

    // Then
    assertThat(table.lines().limit(4))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "PROBE +STATE +SINCE +NEXT CHANGE +HITS +LAST HIT +LAST ANSWER +SCHEDULE"),
            line -> assertThat(line).startsWith("liveness "),
            line -> assertThat(line).startsWith("readiness "),
            line -> assertThat(line).startsWith("startup "));
    assertThat(table)
        .contains("\nhttp  ", "\ngrpc  port ", "\ntcp   port ", "\nexec  ")
        .contains("exec probes are not recorded")
        .doesNotContain("TLS");
  }

  @Test
  void showsJsonOnRequest() {
    given()
        .accept("application/json")
        .when()
        .get("/probes")
        .then()
        .statusCode(200)
        .body("probes.probe", equalTo(List.of("liveness", "readiness", "startup")))
        .body("probes[0].configured", equalTo("ok:10s,fail"))
        .body("probes[1].state", equalTo("ok"))
        .body("probes[1].nextChange", nullValue())
        .body("mechanisms.exec.files", hasSize(3))
        .body("mechanisms.tcp.schedule", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {FORM, "text/plain", "application/json", "application/octet-stream"})
  void acceptsAScheduleWithAnyContentType(String type) {
    // When
    given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    encoderConfig()
                        .encodeContentTypeAs("application/octet-stream", ContentType.TEXT)))
        .contentType(type)
        .body("fail:30s,ok")
        .when()
        .put("/probes/readiness")
        .then()
        .statusCode(200)
        .body(startsWith("PROBE "))
        .body(containsString("fail:30s,ok"))
        .body(containsString("ok in 30.0s"));

    // Then
    when().get("/readyz").then().statusCode(500);
  }

  @Test
  void failsTheNextProbesAfterAPut() {
    // Given
    when().put("/probes/readiness").then().statusCode(400);
    given().contentType(FORM).body("{\"failNext\": 2}").when().put("/probes/readiness");

    // When
    JsonPath status = given().accept("application/json").when().get("/probes/readiness").jsonPath();
    when().get("/probes/readiness").then().body(containsString(" ok after 2 probes "));

    // Then
    assertThat(status.getInt("failNext")).isEqualTo(2);
    assertThat(status.getString("state")).isEqualTo("fail");
    when().get("/readyz").then().statusCode(500);
    when().get("/readyz").then().statusCode(500);
    when().get("/readyz").then().statusCode(200);
  }

  @Test
  void returnsToTheConfiguredScheduleOnDelete() {
    // Given
    given().body("fail").when().put("/probes/startup").then().statusCode(200);

    // When
    given()
        .accept("application/json")
        .when()
        .delete("/probes/startup")
        .then()
        .statusCode(200)
        .body("state", equalTo("ok"))
        .body("schedule", equalTo("ok"));

    // Then
    when().get("/startupz").then().statusCode(200);
  }

  @Test
  void namesThePositionOfAnErrorInASchedule() {
    given()
        .accept("application/json")
        .body("ok:10s,fial")
        .when()
        .put("/probes/liveness")
        .then()
        .statusCode(400)
        .body("field", equalTo("schedule"))
        .body("detail", startsWith("'fial' at character 8"))
        .body("accepted", containsString("ok:10s,fail"));
  }

  @Test
  void changesNothingOnAnInvalidUpdate() {
    // Given
    given().body("hang").when().put("/probes/readiness").then().statusCode(200);

    // When
    given().body("{\"schedule\": \"ok\", \"failNext\": -1}").when().put("/probes/readiness");

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/probes/readiness")
        .then()
        .body("schedule", equalTo("hang"));
  }

  @Test
  void acceptsAtMostFourKibibytes() {
    given()
        .body("ok".repeat(3000))
        .when()
        .put("/probes/liveness")
        .then()
        .statusCode(413)
        .body(containsString("at most 4096 bytes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /probes/x",
        "PUT /probes/x",
        "DELETE /probes/x",
        "GET /probes/x/history",
        "GET /probes/x/history?follow"
      })
  void listsTheProbesForAnUnknownName(String request) {
    // Given
    String[] words = request.split(" ");

    // Then
    given()
        .body("ok")
        .when()
        .request(words[0], words[1])
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found: no probe named 'x'; use liveness, readiness or startup\n"));
  }

  @Test
  void listsRequestsInTheHistory() {
    // Given
    given()
        .header("User-Agent", "kube-probe/1.20")
        .header("Custom-Header", "Awesome")
        .when()
        .get("/startupz");

    // When
    JsonPath history =
        given().accept("application/json").when().get("/probes/startup/history").jsonPath();
    String table = when().get("/probes/startup/history").asString();

    // Then
    assertThat(history.getString("seen[-1].userAgent")).isEqualTo("kube-probe/1.20");
    assertThat(history.getString("seen[-1].headers.'Custom-Header'")).isEqualTo("Awesome");
    assertThat(history.getString("seen[-1].mechanism")).isEqualTo("http");
    assertThat(history.getString("note")).contains("exec probes");
    assertThat(table)
        .startsWith("PROBE ")
        .contains("kube-probe/1.20", "Custom-Header: Awesome", "exec probes");
  }

  @Test
  void doesNotStreamByDefault() throws IOException {
    try (Socket socket =
        send("GET /probes/startup/history HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")) {
      // Then the answer is complete
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 OK")
          .containsIgnoringCase("content-type: text/plain")
          .endsWith("are not listed\n");
    }
  }

  @Test
  void streamsRecordedAndThenNewProbes() throws IOException {
    // Given
    when().get("/startupz").then().statusCode(200);
    long known = probes.get(ProbeType.STARTUP).history().count();
    List<String> lines = new CopyOnWriteArrayList<>();

    try (Socket socket = send("GET /probes/startup/history?follow HTTP/1.1\r\nHost: t\r\n\r\n")) {
      read(socket, lines);
      await().until(() -> lines.contains("id:" + known));

      // When
      when().get("/startupz").then().statusCode(200);
      when().get("/startupz").then().statusCode(200);

      // Then
      await().until(() -> lines.contains("id:" + (known + 2)));
      assertThat(lines.get(0)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(lines).anyMatch(line -> line.matches("(?i)content-type: ?text/event-stream.*"));
      assertThat(lines.stream().filter(line -> line.startsWith("id:")))
          .endsWith("id:" + known, "id:" + (known + 1), "id:" + (known + 2));
      assertThat(lines.stream().filter(line -> line.startsWith("data:")))
          .allMatch(line -> line.startsWith("data:{\"number\":") && line.endsWith("}"));
    }
  }

  @Test
  void doesNotStreamIfFollowIsFalse() {
    when()
        .get("/probes/startup/history?follow=false")
        .then()
        .statusCode(200)
        .contentType("text/plain");
  }

  @Test
  void resumesAfterTheLastEventId() throws IOException {
    // Given
    when().get("/startupz").then().statusCode(200);
    when().get("/startupz").then().statusCode(200);
    long known = probes.get(ProbeType.STARTUP).history().count();
    List<String> lines = new CopyOnWriteArrayList<>();

    // When
    try (Socket socket =
        send(
            "GET /probes/startup/history HTTP/1.1\r\nHost: t\r\nAccept: text/event-stream\r\n"
                + "Last-Event-ID: "
                + (known - 1)
                + "\r\n\r\n")) {
      read(socket, lines);

      // Then
      await().until(() -> lines.contains("id:" + known));
      assertThat(lines.stream().filter(line -> line.startsWith("id:")))
          .containsExactly("id:" + known);
    }
  }

  @Test
  void acceptsExactlyAHundredConcurrentFollowers() throws IOException {
    // Given events, so that some clients disconnect while the service writes one
    for (int i = 0; i < 20; i++) {
      when().get("/startupz");
    }
    Map<String, Integer> accepted = Map.of("HTTP/1.1 200", Followers.MOST, "HTTP/1.1 503", 50);

    // When
    Map<String, Integer> statuses = statusesOfFiftyFollowersTooMany();

    // Then
    assertThat(statuses).isEqualTo(accepted);
    // And the same number again, after they have disconnected
    await().untilAsserted(() -> assertThat(statusesOfFiftyFollowersTooMany()).isEqualTo(accepted));
  }

  private static Map<String, Integer> statusesOfFiftyFollowersTooMany() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    Map<String, Integer> statuses = new TreeMap<>();
    try {
      for (int i = 0; i < Followers.MOST + 50; i++) {
        sockets.add(send("GET /probes/startup/history?follow HTTP/1.1\r\nHost: t\r\n\r\n"));
      }
      for (Socket socket : sockets) {
        statuses.merge(status(socket), 1, Integer::sum);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    return statuses;
  }

  private static Socket send(String request) throws IOException {
    Socket socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String status(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  private static void read(Socket socket, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(
                      new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
              } catch (IOException | java.io.UncheckedIOException closed) {
                // The test has ended.
              }
            });
    reader.setDaemon(true);
    reader.start();
  }
}
