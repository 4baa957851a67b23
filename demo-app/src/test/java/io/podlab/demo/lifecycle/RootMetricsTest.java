package io.podlab.demo.lifecycle;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.RawRequest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class RootMetricsTest {
  @ParameterizedTest
  @CsvSource({
    "*/*, GET, 200, SUCCESS",
    "application/json, GET, 200, SUCCESS",
    "*/*, PUT, 405, CLIENT_ERROR"
  })
  void measureTheRootLikeAllOtherPaths(String accept, String method, int status, String outcome) {
    // Given
    String series =
        "http_server_requests_seconds_count{method=\"%s\",outcome=\"%s\",status=\"%d\",uri=\"/\""
            .formatted(method, outcome, status);
    double before = value(series);

    // When
    given().accept(accept).when().request(method, "/").then().statusCode(status);

    // Then
    await().untilAsserted(() -> assertThat(value(series)).isEqualTo(before + 1));
    assertThat(value(series.replace("_count", "_bucket") + ",le=\"+Inf\"")).isEqualTo(before + 1);
    assertThat(value(series.replace("_count", "_bucket") + ",le=\"5.0\"")).isEqualTo(before + 1);
  }

  /** Quarkus takes the path of each of these requests for {@code /}. */
  @ParameterizedTest
  @CsvSource({
    "GET ?x HTTP/1.1, Host: test",
    "GET /?x HTTP/1.1, X-No: host",
    "GET // HTTP/1.1, X-No: host",
    "GET HTTP://test HTTP/1.1, X-No: host",
    "GET x HTTP/1.1, Host: test",
    "GET /echo HTTP/1.1, X-No: host"
  })
  void measureARefusedRequestOnce(String line, String header) throws Exception {
    // Given
    String refused =
        "http_server_requests_seconds_count{method=\"GET\""
            + ",outcome=\"CLIENT_ERROR\",status=\"400\",uri=\"/REFUSED\"";
    double before = value(refused);

    // When
    String answer = RawRequest.send(line + "\r\n" + header + "\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    await().untilAsserted(() -> assertThat(value(refused)).isEqualTo(before + 1));
  }

  @Test
  void haveNoLabelThatAClientChooses() {
    // When
    when().request("LAB1", "/").then().statusCode(405);
    when().request("LAB2", "/echo").then().statusCode(405);
    when().get("/files/nothing/here").then().statusCode(404);
    when().get("/delay/0").then().statusCode(200);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(when().get("/metrics").asString())
                    .contains("method=\"OTHER\"", "uri=\"/delay/{duration}\"", "uri=\"/files/{path")
                    .doesNotContain("LAB1", "LAB2", "nothing/here"));
  }

  private static double value(String series) {
    return when()
        .get("/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
