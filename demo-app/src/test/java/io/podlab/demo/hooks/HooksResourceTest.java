package io.podlab.demo.hooks;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.podlab.demo.ConcurrentCalls;
import io.podlab.demo.PodWithFaults;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PodWithFaults.class)
class HooksResourceTest {
  private static final Path MARKER = PodWithFaults.MARKER;

  @TestHTTPResource URL root;
  @Inject PreStops preStops;

  @AfterEach
  void callOff() throws IOException {
    given().contentType("text/plain").body("ok").put("/readyz").then().statusCode(200);
    Files.deleteIfExists(MARKER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void writesTheMarkerAndReadsIt(String method) {
    // When
    given()
        .queryParam("message", "Hi, 世界")
        .when()
        .request(method, "/hooks/post-start")
        .then()
        .statusCode(200)
        .body(equalTo("Hi, 世界\n"));

    // Then
    assertThat(MARKER).hasContent("Hi, 世界\n");
    when().get("/marker").then().statusCode(200).body(equalTo("Hi, 世界\n"));
    when().get("/lifecycle").then().body(containsString("Hi, 世界\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/xml",
        "image/png",
        "text/event-stream",
        "text/html",
        "text/plain;q=0, image/*",
        "garbage"
      })
  void actsWhateverIsAccepted(String accept) {
    given().header("Accept", accept).get("/hooks/post-start").then().statusCode(200);
    assertThat(MARKER).exists();
    given().header("Accept", accept).get("/hooks/pre-stop").then().statusCode(200);
    given().header("Accept", accept).get("/readyz").then().statusCode(503);
    given().header("Accept", accept).body("ok").put("/readyz").then().statusCode(200);
    given().header("Accept", accept).get("/readyz").then().statusCode(200);
    given().header("Accept", accept).get("/healthz").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/hooks/post-start, 200",
    "/hooks/post-start?message=Hi, 200",
    "/hooks/pre-stop, 200",
    "/hooks/pre-stop?delay=9m, 200",
    "/hooks/pre-stop?delay=11m, 400",
    "/hooks/pre-stop?delay=, 400"
  })
  void doesNothingForAHead(String path, int status) {
    // When
    when().head(path).then().statusCode(status);

    // Then
    assertThat(MARKER).doesNotExist();
    when().get("/readyz").then().statusCode(200);
  }

  @Test
  void greetsUnlessToldAMessage() {
    when()
        .get("/hooks/post-start")
        .then()
        .statusCode(200)
        .body(equalTo("Hello from the postStart handler\n"));
  }

  @Test
  void seesWhatTheExecFormWrites() throws IOException {
    // When
    Files.writeString(MARKER, "Hello from a shell\n");

    // Then: by the system's clock, which is behind the clock of the test
    await()
        .untilAsserted(
            () -> when().get("/lifecycle").then().body(containsString("Hello from a shell\n")));
  }

  @Test
  void saysThatThereIsNoMarker() {
    given()
        .accept("application/json")
        .when()
        .get("/marker")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", equalTo("no postStart hook has written " + MARKER));
  }

  @Test
  void saysThatTheMarkerCannotBeWritten() throws IOException {
    // Given
    Files.createDirectory(MARKER);

    // Then
    when()
        .get("/hooks/post-start")
        .then()
        .statusCode(500)
        .body(containsString("cannot write "), containsString("LAB_DEMO_MARKER"));
  }

  @Test
  void isBackAfterTheDelayAndNotBefore() {
    when()
        .get("/hooks/pre-stop?delay=300ms")
        .then()
        .statusCode(200)
        .body(equalTo("delay of 300ms completed\n"))
        .time(greaterThanOrEqualTo(300L));
  }

  @Test
  void isNotReadyAtOnceButAnswers() throws Exception {
    // Given
    CompletableFuture<Response> hook =
        CompletableFuture.supplyAsync(() -> given().post("/hooks/pre-stop?delay=3s"));

    // When
    await()
        .untilAsserted(
            () ->
                when()
                    .get("/readyz")
                    .then()
                    .statusCode(503)
                    .body(equalTo("a preStop hook has been called\n")));
    when().get("/q/health/ready").then().statusCode(503);
    when().get("/").then().statusCode(200);
    when().get("/healthz").then().statusCode(200);

    // Then
    assertThat(hook.get().statusCode()).isEqualTo(200);
    assertThat(hook.get().asString()).isEqualTo("delay of 3s completed\n");
    when().get("/readyz").then().statusCode(503);
    when()
        .get("/lifecycle")
        .then()
        .body(containsString("pre-stop-begin"))
        .body(containsString("the delay is over\n"));
  }

  @Test
  void forgetsACallerThatGoesAway() throws IOException {
    // Given
    try (Socket client = new Socket(root.getHost(), root.getPort())) {
      client
          .getOutputStream()
          .write(
              "GET /hooks/pre-stop?delay=9m HTTP/1.1\r\nHost: test\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      await().untilAsserted(() -> when().get("/readyz").then().statusCode(503));
    }

    // Then
    await()
        .untilAsserted(
            () ->
                when().get("/lifecycle").then().body(containsString("the caller disconnected\n")));
  }

  @Test
  void letsAHundredWaitAndNoMoreThoughTheyComeAtOnce() throws Exception {
    // When
    List<Cancellable> waiting =
        ConcurrentCalls.call(
            150, () -> preStops.begin(Duration.ofMinutes(9)).subscribe().with(ended -> {}));

    // Then
    assertThat(waiting).hasSize(PreStops.MOST);
    when()
        .get("/hooks/pre-stop?delay=1ms")
        .then()
        .statusCode(503)
        .body(containsString("at most 100"));

    // When: a disconnected caller frees its place
    waiting.get(0).cancel();

    // Then
    when().get("/hooks/pre-stop?delay=1ms").then().statusCode(200);
    waiting.forEach(Cancellable::cancel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hooks/pre-stop?delay=", "/hooks/post-start?message"})
  void refusesAParameterWithoutAValue(String path) {
    when().get(path).then().statusCode(400).body(containsString("the value is empty; use"));
    when().get("/readyz").then().statusCode(200);
  }

  @Test
  void sendsNoControlsToATerminal() {
    given()
        .queryParam("message", "\u001b[31mred\nline")
        .when()
        .get("/hooks/post-start")
        .then()
        .body(equalTo("\uFFFD[31mred\nline\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "11m, 0s to 10m0s",
    "-1s, 0s to 10m0s",
    "20, 'Go syntax such as 500ms, 20s or 1m30s'",
    "x, 'Go syntax such as 500ms, 20s or 1m30s'"
  })
  void saysWhichDelaysItTakes(String delay, String accepted) {
    given()
        .accept("application/json")
        .when()
        .get("/hooks/pre-stop?delay=" + delay)
        .then()
        .statusCode(400)
        .body("field", equalTo("delay"))
        .body("accepted", equalTo(accepted));
    when().get("/readyz").then().statusCode(200);
  }
}
