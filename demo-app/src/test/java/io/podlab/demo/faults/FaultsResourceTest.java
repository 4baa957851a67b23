package io.podlab.demo.faults;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.podlab.demo.PodWithFaults;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PodWithFaults.class)
class FaultsResourceTest {
  @TestHTTPResource URL root;
  @Inject Faults faults;

  @AfterEach
  void end() {
    when().delete("/faults").then().statusCode(200).body(equalTo("no fault is active\n"));
  }

  @Test
  void areListed() {
    // When
    when()
        .post("/faults/burn?cores=2&for=1m")
        .then()
        .statusCode(200)
        .body(
            matchesPattern(
                "FAULT +SINCE +UNTIL +DETAIL\n"
                    + "burn +2026-03-01T12:00:00.750Z +2026-03-01T12:01:00.750Z +2 cores\n"));

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/faults")
        .then()
        .body("active[0].fault", equalTo("burn"))
        .body("active[0].detail", equalTo("2 cores"))
        .body("active[0].until", equalTo("2026-03-01T12:01:00.750Z"));
    when()
        .get("/metrics")
        .then()
        .body(matchesPattern("(?s).*lab_demo_faults_active\\{fault=\"burn\",?} 1\\.0\n.*"))
        .body(matchesPattern("(?s).*lab_demo_faults_active\\{fault=\"hang\",?} 0\\.0\n.*"));
  }

  @Test
  void endByThemselves() {
    // When
    when().post("/faults/errors?rate=1&for=200ms").then().statusCode(200);

    // Then
    await().untilAsserted(() -> when().get("/").then().statusCode(200));
    when().get("/faults").then().body(equalTo("no fault is active\n"));
  }

  @Test
  void endOnRequestOneByOne() {
    // Given
    when().post("/faults/errors?rate=1").then().statusCode(200);
    when().post("/faults/hang").then().statusCode(200);

    // When
    when().delete("/faults/hang").then().statusCode(200).body(containsString("errors "));

    // Then
    when().get("/").then().statusCode(500);
  }

  @Test
  void takeThePlaceOfTheOneBefore() {
    // Given
    when().post("/faults/errors?rate=1&for=200ms").then().statusCode(200);

    // When
    when().post("/faults/errors?rate=1&for=1h").then().statusCode(200);
    when().post("/faults/burn?for=300ms").then().statusCode(200);
    await().untilAsserted(() -> when().get("/faults").then().body(equalTo(errorsOnly())));

    // Then
    when().get("/").then().statusCode(500);
  }

  private static String errorsOnly() {
    return """
    FAULT     SINCE                     UNTIL                     DETAIL
    errors    2026-03-01T12:00:00.750Z  2026-03-01T13:00:00.750Z  1.0 of the requests get 500
    """;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/q/health/live",
        "/q/health/ready",
        "/q/health/started",
        "/healthz",
        "/readyz",
        "/metrics",
        "/lifecycle",
        "/faults",
        "/healthz/"
      })
  void spareProbesAndWhatRunsTheDemo(String path) {
    // Given
    when().post("/faults/errors?rate=1").then().statusCode(200);
    when().post("/faults/hang").then().statusCode(200);

    // Then
    when().get(path).then().statusCode(200);
  }

  @Test
  void spareTheKubeletWhateverItAsksFor() {
    // Given
    when().post("/faults/errors?rate=1").then().statusCode(200);

    // Then
    given().header("User-Agent", "kube-probe/1.20").when().get("/").then().statusCode(200);
    when().get("/").then().statusCode(500);
  }

  @Test
  void spareHooksWithTheTwoSlashesOfTheKubelet() throws Exception {
    // Given
    when().post("/faults/errors?rate=1").then().statusCode(200);

    // When
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(root + "/hooks/pre-stop")).build(),
                BodyHandlers.ofString());

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    given().contentType("text/plain").body("ok").put("/readyz").then().statusCode(200);
  }

  @Test
  void failRequestsWithAProblem() {
    // When
    when().post("/faults/errors?rate=1").then().statusCode(200);

    // Then
    when()
        .get("/anything")
        .then()
        .statusCode(500)
        .contentType("text/plain;charset=UTF-8")
        .body(containsString("DELETE /faults/errors ends it"));
    given()
        .accept("application/json")
        .when()
        .get("/")
        .then()
        .statusCode(500)
        .contentType("application/problem+json")
        .body("status", equalTo(500));
    when().get("/metrics").then().body(org.hamcrest.Matchers.not(containsString("/anything")));
  }

  @Test
  void failAShareOfTheRequests() {
    // When
    when().post("/faults/errors?rate=0.5").then().statusCode(200);

    // Then: 200 requests with the same result have a probability of 10^-60
    int failed = 0;
    for (int i = 0; i < 200; i++) {
      failed += when().get("/").statusCode() == 500 ? 1 : 0;
    }
    assertThat(failed).isBetween(1, 199);
  }

  @Test
  void letRequestsWaitAndGoOn() throws Exception {
    // Given
    when().post("/faults/hang?for=1h").then().statusCode(200);
    CompletableFuture<Response> request =
        CompletableFuture.supplyAsync(
            () -> given().contentType("text/plain").body("x".repeat(60_000)).post("/echo"));
    await()
        .until(
            () -> when().get("/metrics").asString(),
            metrics -> metrics.contains("lab_demo_inflight_requests 1.0"));
    assertThat(request).isNotDone();

    // When
    when().delete("/faults/hang").then().statusCode(200);

    // Then
    assertThat(request.get().statusCode()).isEqualTo(200);
  }

  @Test
  void letGoOfAClientThatGoesAway() throws Exception {
    // Given
    when().post("/faults/hang?for=1h").then().statusCode(200);
    HangingRequests hanging = faults.hanging();
    try (Socket client = new Socket(root.getHost(), root.getPort())) {
      client
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> hanging.size() == 1);
    }

    // Then
    await().until(() -> hanging.size() == 0);
  }

  @Test
  void letSoManyRequestsWaitAndNoMore() throws Exception {
    // Given
    int tooMany = 20;
    when().post("/faults/hang?for=1h").then().statusCode(200);
    HangingRequests hanging = faults.hanging();
    List<Socket> clients = new ArrayList<>();
    try {
      // When
      for (int i = 0; i < HangingRequests.MOST + tooMany; i++) {
        Socket client = new Socket(root.getHost(), root.getPort());
        clients.add(client);
        client
            .getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }

      // Then
      await().until(() -> answered(clients) == tooMany);
      assertThat(hanging.size()).isEqualTo(HangingRequests.MOST);
      given()
          .accept("application/json")
          .get("/")
          .then()
          .statusCode(503)
          .body(
              "detail",
              equalTo("too many requests wait (at most 500); DELETE /faults/hang ends the fault"));

      // When: an ended request frees its place
      when().delete("/faults/hang").then().statusCode(200);

      // Then
      await().until(() -> answered(clients) == clients.size());
      when().get("/").then().statusCode(200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static long answered(List<Socket> clients) throws IOException {
    long answered = 0;
    for (Socket client : clients) {
      answered += client.getInputStream().available() > 0 ? 1 : 0;
    }
    return answered;
  }

  @Test
  void keepProcessorsBusy() {
    // When
    when().post("/faults/burn?cores=3").then().statusCode(200);

    // Then
    await().until(() -> burning() == 3);
    when().delete("/faults/burn").then().statusCode(200);
    await().until(() -> burning() == 0);
  }

  private static long burning() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("burn "))
        .count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exit?code=256          | code  | 0 to 255
          exit?code=             | code  | a value, or omit the parameter
          errors?rate=0.2&for=   | for   | a value, or omit the parameter
          exit?code=x            | code  | 0 to 255
          allocate?size=9Gi      | size  | 1Ki to 8Gi
          allocate?size=0        | size  | 1Ki to 8Gi
          allocate?hold=2h       | hold  | 100ms to 1h0m0s
          burn?cores=0           | cores | 1 to 64
          burn?cores=65          | cores | 1 to 64
          burn?for=0s            | for   | 100ms to 1h0m0s
          hang?for=61m           | for   | 100ms to 1h0m0s
          errors?rate=0          | rate  | a number above 0 and up to 1, such as 0.2
          errors?rate=1.1        | rate  | a number above 0 and up to 1, such as 0.2
          errors?rate=0.2&for=-1s | for  | 100ms to 1h0m0s
          """)
  void areBounded(String fault, String field, String accepted) {
    given()
        .accept("application/json")
        .when()
        .post("/faults/" + fault)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("field", equalTo(field))
        .body("accepted", equalTo(accepted));
  }

  @Test
  void haveNamesThatOneCanGetWrong() {
    when()
        .delete("/faults/fire")
        .then()
        .statusCode(404)
        .body(containsString("use allocate, burn, hang or errors"));
    when()
        .post("/faults/fire")
        .then()
        .statusCode(404)
        .body(containsString("use exit, allocate, burn, hang or errors"));
  }
}
