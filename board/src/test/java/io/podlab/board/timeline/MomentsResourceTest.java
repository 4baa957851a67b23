package io.podlab.board.timeline;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(MomentsResourceTest.ARecording.class)
class MomentsResourceTest {
  private static final String HTML = "<b>exit</b> & \"1\"";

  /** The recording that the service shows; its clock stops at the end of it. */
  public static final class ARecording implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("lab.board.recording", "src/test/resources/two-pods.json");
    }
  }

  @Inject Timeline timeline;
  @Inject ObjectMapper mapper;
  @Inject MomentStream stream;

  @Test
  void answersATableByDefault() {
    when()
        .get("/moments")
        .then()
        .statusCode(200)
        .contentType("text/plain;charset=UTF-8")
        .body(startsWith("TIME "))
        .body(containsString("~12:00:00.750"))
        .body(containsString("Pod/web-1"))
        .body(containsString(HTML))
        .body(containsString("5 moments"));
  }

  @Test
  void answersARecordingAsJson() {
    given()
        .accept("application/json")
        .when()
        .get("/moments")
        .then()
        .statusCode(200)
        .contentType("application/json;charset=UTF-8")
        .body("format", equalTo(Recording.FORMAT))
        .body("moments.text", hasItem(HTML))
        .body("lanes.name", hasItem("web-1"));
  }

  @Test
  void givesTheRecordingAsAFileThatCanBeReadAgain() throws IOException {
    // When
    InputStream file =
        given()
            .accept("text/html")
            .when()
            .get("/recording.json")
            .then()
            .statusCode(200)
            .contentType("application/json;charset=UTF-8")
            .header(
                "Content-Disposition",
                matchesPattern("attachment; filename=\"podlab-recording-[0-9-]+\\.json\""))
            .extract()
            .asInputStream();

    // Then
    assertThat(mapper.readValue(file, Recording.class)).isEqualTo(timeline.recording());
  }

  @Test
  void selectsANamespace() {
    given()
        .accept("application/json")
        .when()
        .get("/moments?namespace=other")
        .then()
        .statusCode(200)
        .body("moments.namespace", equalTo(List.of("other")))
        .body("lanes.uid", equalTo(List.of("b")));
  }

  @Test
  void selectsAPodAndItsEndpoints() {
    given()
        .accept("application/json")
        .when()
        .get("/moments?namespace=lab&pod=web-1")
        .then()
        .statusCode(200)
        .body("moments.text", equalTo(List.of("created", HTML, "in")));
  }

  @Test
  void foldsWhatCameBeforeIntoTheLane() {
    // Given
    long first = timeline.recording().moments().get(0).id();

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/moments?pod=web-1&namespace=lab&since=" + first)
        .then()
        .body("lanes[0].state", equalTo("pending"))
        .body("moments.text", equalTo(List.of(HTML, "in")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 5",
    "2026-03-01T13:00:00%2B01:00, 5",
    "2026-03-01T12:00:01Z, 0",
    "5m, 5",
    "0, 5"
  })
  void takesSinceAsIdTimeOrDuration(String since, int moments) {
    given()
        .urlEncodingEnabled(false)
        .accept("application/json")
        .when()
        .get("/moments?since=" + since)
        .then()
        .statusCode(200)
        .body("moments.size()", equalTo(moments));
  }

  @ParameterizedTest
  @CsvSource({
    "since=999999, since, a moment id",
    "since=1-2, since, a moment id",
    "since=yesterday, since, or a duration such as 5m",
    "since=-5m, since, or a duration such as 5m",
    "pod=Web_1, pod, a name such as web-1"
  })
  void reportsAcceptedValues(String query, String field, String accepted) {
    given()
        .accept("application/json")
        .when()
        .get("/moments?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field))
        .body("accepted", containsString(accepted));
  }

  @Test
  void namesTheWatchedNamespaces() {
    when()
        .get("/moments?namespace=nowhere")
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found: no watched namespace named 'nowhere'; use lab or other\n"));
  }

  @Test
  void refusesABadParameterOfAStreamToo() {
    when().get("/moments?follow&namespace=nowhere").then().statusCode(404);
  }

  @Test
  void streamsLanesThenMomentsThenTheTime() throws Exception {
    // When
    List<String> lines = follow("/moments?follow", null, line -> line.startsWith("event:time"));

    // Then
    List<String> data = lines.stream().filter(line -> line.startsWith("data:")).toList();
    assertThat(lines.subList(0, 2))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("event:lane"),
            line -> assertThat(line).startsWith("data:{\"uid\":\"a\""));
    assertThat(data.get(data.size() - 1)).contains("in");
  }

  @Test
  void continuesAfterTheLastEventId() throws Exception {
    // Given
    List<String> all = follow("/moments?follow", null, line -> line.contains("\"web-2\""));
    List<String> ids = all.stream().filter(line -> line.startsWith("id:")).toList();
    assertThat(ids).hasSize(5);

    // When
    List<String> rest =
        follow(
            "/moments?follow",
            ids.get(3).substring("id:".length()),
            line -> line.contains("\"web-2\""));

    // Then
    assertThat(rest.stream().filter(line -> line.startsWith("id:"))).containsExactly(ids.get(4));
    assertThat(rest).noneMatch(line -> line.equals("event:reset"));
  }

  @Test
  void takesTheIdOfAnEventAsSince() throws Exception {
    // Given
    List<String> all = follow("/moments?follow", null, line -> line.contains("\"web-2\""));
    String fourth =
        all.stream().filter(line -> line.startsWith("id:")).toList().get(3).substring(3);

    // When
    List<String> rest =
        follow("/moments?follow&since=" + fourth, null, line -> line.contains("\"web-2\""));

    // Then
    assertThat(rest.stream().filter(line -> line.startsWith("id:"))).hasSize(1);
  }

  @Test
  void takesSinceAsIdOfAnEvent() throws Exception {
    // Given
    List<String> all = follow("/moments?follow", null, line -> line.contains("\"web-2\""));
    List<String> ids = all.stream().filter(line -> line.startsWith("id:")).toList();

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/moments?since=" + ids.get(3).substring("id:".length()))
        .then()
        .statusCode(200)
        .body("moments.size()", equalTo(1));
  }

  @Test
  void reportsAnUnknownMomentId() {
    when()
        .get("/moments?since=999999")
        .then()
        .statusCode(400)
        .body(containsString("since: this board has no moment with the id 999999"));
  }

  @Test
  void looksUpChangesOnAWorkerThread() {
    // Given
    List<MomentStream.Event> events = new CopyOnWriteArrayList<>();
    Cancellable followed;

    // When
    synchronized (timeline) {
      followed = stream.follow(Selection.ALL, Optional.empty()).subscribe().with(events::add);
      assertThat(events).isEmpty();
    }

    // Then
    await().until(() -> !events.isEmpty());
    followed.cancel();
  }

  @Test
  void sendsEverythingAfterAnEventIdOfAnotherProcess() throws Exception {
    // When
    List<String> lines = follow("/moments?follow", "1-4", line -> line.contains("\"web-2\""));

    // Then
    assertThat(lines.get(0)).isEqualTo("event:reset");
    assertThat(lines.stream().filter(line -> line.startsWith("id:"))).hasSize(5);
  }

  private static List<String> follow(String path, String lastId, Predicate<String> last)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .timeout(Duration.ofSeconds(20));
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    List<String> lines = new ArrayList<>();
    try (BufferedReader body =
        new BufferedReader(
            new InputStreamReader(
                HttpClient.newHttpClient()
                    .send(request.build(), BodyHandlers.ofInputStream())
                    .body(),
                StandardCharsets.UTF_8))) {
      for (String line = body.readLine(); line != null; line = body.readLine()) {
        lines.add(line);
        if (last.test(line)) {
          return lines;
        }
      }
    }
    throw new AssertionError("the stream ended: " + lines);
  }
}
