package io.podlab.demo.lifecycle;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LastRequestsTest {
  private final LastRequests lastRequests;

  @TestHTTPResource URL root;

  LastRequestsTest(LastRequests lastRequests) {
    this.lastRequests = lastRequests;
  }

  @Test
  void tellWhatWasAskedWithoutItsQuery() {
    // When
    given().body("secret").post("/echo?secret").then().statusCode(200);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(lastRequests.newestFirst().get(0))
                    .satisfies(
                        request -> {
                          assertThat(request.method()).isEqualTo("POST");
                          assertThat(request.path()).isEqualTo("/echo");
                          assertThat(request.status()).contains(200);
                          assertThat(request.client()).isEqualTo("127.0.0.1");
                        }));
  }

  @Test
  void tellWhatWasRefusedAsItArrived() throws IOException {
    // When
    RawRequest.send("CONNECT test:443?secret HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(lastRequests.newestFirst().get(0))
                    .satisfies(
                        request -> {
                          assertThat(request.path()).isEqualTo("test:443");
                          assertThat(request.status()).contains(400);
                        }));
  }

  @Test
  void forgetTheOldest() {
    // When
    for (int number = 0; number < LastRequests.MOST + 5; number++) {
      given().accept("*/*").get("/").then().statusCode(200);
    }
    when().get("/status/418").then().statusCode(418);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(lastRequests.newestFirst())
                    .hasSize(LastRequests.MOST)
                    .isSortedAccordingTo((a, b) -> Long.compare(b.number(), a.number()))
                    .first()
                    .extracting(ServedRequest::path)
                    .isEqualTo("/status/418"));
  }

  @Test
  void leaveOutProbesAndWhatRunsTheDemo() {
    // When
    when().get("/status/202").then().statusCode(202);
    when().get("/healthz").then().statusCode(200);
    when().get("/lifecycle").then().statusCode(200);

    // Then
    await()
        .untilAsserted(
            () -> assertThat(lastRequests.newestFirst().get(0).path()).isEqualTo("/status/202"));
    assertThat(lastRequests.newestFirst())
        .extracting(ServedRequest::path)
        .doesNotContain("/healthz", "/lifecycle");
  }

  @Test
  void cutALongPath() {
    // When
    when().get("/" + "x".repeat(1000)).then().statusCode(404);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(lastRequests.newestFirst().get(0).path())
                    .isEqualTo("/" + "x".repeat(LastRequests.LONGEST_PATH - 2) + "…"));
  }

  @Test
  void tellOfAClientThatWentAway() throws IOException {
    // When
    try (Socket client = new Socket(root.getHost(), root.getPort())) {
      client
          .getOutputStream()
          .write(
              "GET /delay/3m HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await()
          .until(
              () ->
                  given()
                          .accept("application/json")
                          .get("/lifecycle")
                          .jsonPath()
                          .getLong("inFlight")
                      == 1);
    }

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(lastRequests.newestFirst().get(0))
                    .returns("/delay/3m", ServedRequest::path)
                    .returns(Optional.empty(), ServedRequest::status)
                    .returns("127.0.0.1", ServedRequest::client));
  }
}
