package io.podlab.demo.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpVersion;
import org.junit.jupiter.api.Test;

class LineTest {
  @Test
  void tellsWhoAskedForWhatAndGotWhat() {
    assertThat(line("GET", "/echo?a=1", 200, "curl/8.5.0"))
        .hasToString("10.244.0.1 \"GET /echo?a=1 HTTP/1.1\" 200 87 bytes 3 ms \"curl/8.5.0\"");
  }

  @Test
  void leavesOutWhatThereIsNot() {
    assertThat(new Line("", "GET", "/", HttpVersion.HTTP_1_0, 0, 0, 12, null))
        .hasToString("- \"GET / HTTP/1.0\" - 0 bytes 12 ms -");
  }

  @Test
  void cannotBeMadeToLookLikeAnotherLine() {
    assertThat(line("GET", "/\" 200", 404, "a\nb\u001b[2J\\"))
        .hasToString(
            "10.244.0.1 \"GET /\\\" 200 HTTP/1.1\" 404 87 bytes 3 ms \"a\uFFFDb\uFFFD[2J\\\\\"");
  }

  @Test
  void cutsWhatIsLong() {
    // Given
    String uri = "/" + "é".repeat(Line.LONGEST_URI);
    String userAgent = "u".repeat(Line.LONGEST_USER_AGENT);

    // Then
    assertThat(line("A".repeat(21), uri, 200, userAgent + "u").toString())
        .contains("\"" + "A".repeat(19) + "… /é")
        .contains("é… HTTP/1.1")
        .endsWith("\"" + userAgent.substring(1) + "…\"");
    assertThat(line("GET", "/", 200, userAgent).toString()).endsWith("\"" + userAgent + "\"");
  }

  private static Line line(String method, String uri, int status, String userAgent) {
    return new Line("10.244.0.1", method, uri, HttpVersion.HTTP_1_1, status, 87, 3, userAgent);
  }
}
