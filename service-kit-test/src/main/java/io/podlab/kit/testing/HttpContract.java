package io.podlab.kit.testing;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the HTTP behavior that all services share. Each service inherits these tests:
 * {@code @QuarkusTest class HttpContractTest extends HttpContract {}}.
 */
public abstract class HttpContract {
  private static final int A_MEGABYTE = 1_000_000;
  private static final int FEW = 4;

  /** Unknown paths that only look like /q/health/live. */
  private static final List<String> OTHER_PATHS =
      List.of(
          "/q%2Fhealth/live",
          "/q%2fhealth%2flive",
          "/%2Fq/health/live",
          "/q/health/live%2F",
          "/q\\health\\live",
          "/q%5Chealth%5Clive",
          "/q/health/live;a=b",
          "/q/health;a=b/live",
          "/;/q/health/live",
          "/q/health/live%3B",
          "/q/health/live%3Fx",
          "/q/health/live#x",
          "/q/health/live%23",
          "/q/health/live%00",
          "/q/health/live%20",
          "/q/health/live%",
          "/q/health/liv%zz",
          "/q/health/%6",
          "/q/%2568ealth/live",
          "/%%71/health/live",
          "/q/health/live%E4",
          "/q/health/live\u00e4",
          "/%EF%BC%8Fq/health/live",
          "/%C0%AFq/health/live",
          "/%u002Fq/health/live",
          "/q/health/live/%252E",
          "/q/health/...",
          "/Q/health/live");

  private static final List<String> QUERIES =
      List.of(
          "{1}",
          "\"",
          "|",
          "^",
          "<",
          ">",
          "\\",
          "`",
          "%",
          "100%",
          "%zz",
          "%4",
          "%%",
          "[1]",
          "#fff",
          "a;b",
          "\u00c3\u00a4",
          "\u00e4",
          "\u00f0\u009f\u0098\u0080",
          "%E4",
          "%C3%A4",
          "%00",
          "?",
          "http://x/y",
          "//",
          "/../",
          "a=b&c=d");

  /** Few, because each bucket is one more time series per path, method and status. */
  @Test
  void countsResponseTimesInSixBuckets() {
    // Given
    when().get("/nowhere").then().statusCode(404);

    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(
                        when()
                            .get("/metrics")
                            .asString()
                            .lines()
                            .filter(line -> line.startsWith("http_server_requests_seconds_bucket"))
                            .filter(
                                line ->
                                    line.contains(
                                        "{method=\"GET\",outcome=\"CLIENT_ERROR\",status=\"404\",uri=\"NOT_FOUND\""))
                            .map(line -> line.replaceAll(".*le=\"(.*?)\".*", "$1")))
                    .containsExactly("0.005", "0.025", "0.1", "0.25", "1.0", "5.0", "+Inf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void isHealthy(String probe) {
    when().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                                  | text/plain; version=0.0.4
          text/plain                                                           | text/plain; version=0.0.4
          text/html,*/*;q=0.8                                                  | text/plain; version=0.0.4
          application/json                                                     | text/plain; version=0.0.4
          text/html                                                            | text/plain; version=0.0.4
          application/openmetrics-text                                         | application/openmetrics-text
          application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2    | application/openmetrics-text
          """)
  void returnsMetricsInTheRequestedFormat(String accept, String contentType) {
    given()
        .header("Accept", accept)
        .when()
        .get("/metrics")
        .then()
        .statusCode(200)
        .contentType(startsWith(contentType));
  }

  @Test
  void hasMetricsOfTheJvmOfHttpAndOfTheService() {
    // Given
    when().get("/nowhere").then().statusCode(404);

    // Then
    when()
        .get("/metrics")
        .then()
        .body(containsString("# HELP jvm_memory_used_bytes "))
        .body(containsString("# HELP http_server_requests_seconds "))
        .body(containsString("# HELP lab_"))
        .body(matchesPattern("(?s).*\\Rlab_build_info\\{version=\"\\d+\\.\\d+\\.\\d+.*"));
  }

  @Test
  void hasAHelpTextForEveryMetric() throws IOException {
    // Given
    raw("GET nowhere", "Accept: */*");
    raw("POST /", "Content-Type: garbage");

    // When
    List<String> lines = when().get("/metrics").asString().lines().toList();

    // Then
    assertThat(lines)
        .filteredOn(line -> line.startsWith("# HELP "))
        .isNotEmpty()
        .allMatch(line -> line.matches("# HELP \\S+ \\S.*"));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Request-Id, mine, mine",
    "traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 4bf92f3577b34da6a3ce929d0e0e4736"
  })
  void returnsTheRequestIdOfTheClient(String header, String sent, String id) {
    for (String path : List.of("/metrics", "/q/health", "/nowhere")) {
      given().header(header, sent).when().get(path).then().header("X-Request-Id", id);
    }
    given()
        .accept("application/json")
        .header(header, sent)
        .when()
        .get("/nowhere")
        .then()
        .body("requestId", equalTo(id));
  }

  @Test
  void createsARequestIdIfTheClientSentNone() {
    // When
    Response resource = given().accept("application/json").get("/nowhere");
    Response refusal = given().accept("application/json").contentType("garbage").get("/nowhere");
    Response other = given().header("X-Request-Id", "two words").get("/nowhere");

    // Then
    assertThat(List.of(resource, refusal, other))
        .extracting(answer -> answer.header("X-Request-Id"))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(resource.jsonPath().getString("requestId"))
        .isEqualTo(resource.header("X-Request-Id"));
    assertThat(refusal.jsonPath().getString("requestId")).isEqualTo(refusal.header("X-Request-Id"));
  }

  @Test
  void answers404WithAllEndpointsAsTextToATextClient() {
    given()
        .accept("*/*")
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("text/plain;charset=UTF-8")
        .body(
            matchesPattern(
                "404 Not Found: no endpoint at /nowhere; /q/openapi lists all endpoints\n"
                    + "(  (GET|PUT|POST|PATCH|DELETE) +/\\S* +\\S.*\n)+"));
  }

  @Test
  void answers404WithAllEndpointsAsProblemDetailsToAJsonClient() {
    given()
        .accept("application/json")
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("title", equalTo("Not Found"))
        .body("status", equalTo(404))
        .body("detail", startsWith("no endpoint at /nowhere"))
        .body("endpoints.path", hasItem(startsWith("/")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          garbage                             | text/plain
          ,                                   | text/plain
          text/*                              | text/plain
          application/*                       | application/problem+json
          application/json;q=0.5              | application/problem+json
          text/plain;q=0.1,application/json   | application/problem+json
          application/xml                     | text/plain
          """)
  void toleratesEveryAcceptHeader(String accept, String contentType) {
    given()
        .header("Accept", accept)
        .when()
        .get("/nowhere")
        .then()
        .statusCode(404)
        .contentType(startsWith(contentType));
  }

  @Test
  void rejectsAnInvalidContentType() throws IOException {
    assertThat(raw("POST /nowhere", "Content-Type: garbage"))
        .startsWith("HTTP/1.1 400 ")
        .contains("400 Bad Request: Content-Type: 'garbage' is not a media type; use ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tokens", "/nowhere"})
  void rejectsATooLargeBodyForEveryPath(String path) throws IOException {
    assertThat(afterAMegabyte(path))
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"detail\":\"the body is too large; use at most 65536 bytes\"");
  }

  /** The answers to a body of one megabyte, and to a second request on the same connection. */
  private static String afterAMegabyte(String path) throws IOException {
    return RawRequest.send(
        "POST %s HTTP/1.1\r\nHost: test\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, A_MEGABYTE, "x".repeat(A_MEGABYTE))
            + "GET /q/health/live HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
  }

  @Test
  void rejectsATooLargeBodyWithoutContentLength() throws IOException {
    assertThat(
            raw(
                "POST /nowhere",
                "Transfer-Encoding: chunked",
                "10001\r\n" + "x".repeat(65_537) + "\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("at most 65536 bytes");
  }

  @Test
  void doesNotReadABodyThatIsFarTooLarge() throws IOException {
    assertThat(raw("POST /nowhere", "Content-Length: 99999999999"))
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("connection: close");
  }

  @Test
  void keepsTheConnectionAfterARejectedBody() throws IOException {
    assertThat(afterAMegabyte("/")).containsSubsequence("HTTP/1.1 413 ", "HTTP/1.1 200 ", "\"UP\"");
  }

  @Test
  void keepsPathsThatAClientChoosesOutOfTheMetrics() throws IOException {
    // Given
    assertThat(raw("POST /chosen-by-a-client", "Content-Length: 70000", "x".repeat(70_000)))
        .contains(" 413 ");
    assertThat(raw("POST /chosen-by-a-client", "Content-Type: garbage")).contains(" 400 ");
    for (String spelling : Spellings.of("/chosen-by-a-client")) {
      get(spelling);
    }
    for (String spelling : Spellings.of("/q/health/live")) {
      get("/chosen-by-a-client/.." + spelling);
      raw("OPTIONS /chosen-by-a-client/.." + spelling, "Accept: */*");
    }
    // Quarkus would answer these.
    for (String path : List.of("/metrics/", "/q/health/group/", "/q/health/group/any/")) {
      for (String spelling : Spellings.of(path + "chosen-by-a-client")) {
        for (String method : List.of("GET", "PUT", "POST", "OPTIONS", "CHOSEN")) {
          assertThat(raw(method + " " + spelling, "Accept: */*"))
              .as(method + " " + spelling)
              .startsWith("HTTP/1.1 404 ");
        }
      }
    }
    for (String header : List.of("Content-Length: x", "no colon", "a b: c")) {
      assertThat(raw("POST /chosen-by-a-client", header)).contains(" 400 ");
    }
    // The client disconnects before the body is complete.
    RawRequest.open("POST /chosen-by-a-client HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n1")
        .close();
    // Each service has a resource for one of these, with other methods and media types.
    for (String path : List.of("/files/", "/probes/", "/tokens/", "/config/")) {
      for (String method : List.of("OPTIONS", "PUT", "POST", "TRACE", "CHOSEN", "HEAD")) {
        raw(method + " " + path + "chosen-by-a-client", "Accept: image/png");
      }
      raw("GET " + path + "chosen-by-a-client", "Accept: image/png");
      raw("HEAD " + path + "chosen-by-a-client/history?follow", "Accept: text/event-stream");
    }

    // Then
    when().get("/metrics").then().body(not(containsString("chosen-by-a-client")));
  }

  /**
   * Whether to test each row of the long tables. One service does; the others share its code and
   * test a few rows.
   */
  protected boolean isAskedAll() {
    return false;
  }

  private List<String> rows(List<String> table) {
    return isAskedAll()
        ? table
        : IntStream.range(0, FEW).mapToObj(i -> table.get(i * table.size() / FEW)).toList();
  }

  @Test
  void normalizesPaths() throws IOException {
    for (String spelling : rows(Spellings.of("/q/health/live"))) {
      assertThat(get(spelling)).as(spelling).startsWith("HTTP/1.1 200 ").contains("\"UP\"");
    }
  }

  @Test
  void doesNotNormalizeADifferentPath() throws IOException {
    for (String other : rows(OTHER_PATHS)) {
      assertThat(get(other)).as(other).startsWith("HTTP/1.1 404 ").contains("no endpoint at ");
    }
  }

  @Test
  void usesOneMetricsLabelForAPath() throws IOException {
    // Given
    String label =
        "http_server_requests_seconds_count{method=\"HEAD\",outcome=\"SUCCESS\",status=\"200\",uri=\"/metrics\",}";
    head("/metrics");
    await().untilAsserted(() -> assertThat(metric(label)).isPositive());
    double before = metric(label);
    List<String> labels = labels();

    // When
    for (String spelling : Spellings.of("/metrics")) {
      head(spelling);
    }

    // Then
    await()
        .untilAsserted(
            () -> assertThat(metric(label)).isEqualTo(before + Spellings.of("/metrics").size()));
    assertThat(labels()).isEqualTo(labels);
  }

  @Test
  void usesOneMetricsLabelForUnknownPaths() throws IOException {
    // Given
    String label =
        "http_server_requests_seconds_count{method=\"GET\",outcome=\"CLIENT_ERROR\",status=\"404\",uri=\"NOT_FOUND\",}";
    get("/nowhere");
    double before = metric(label);

    // When
    List<String> spellings = new ArrayList<>(Spellings.of("/nowhere"));
    spellings.addAll(List.of("/metrics/../nowhere", "/metrics/nowhere", "/metrics/nowhere?x"));
    for (String spelling : spellings) {
      get(spelling);
    }

    // Then
    await().untilAsserted(() -> assertThat(metric(label)).isEqualTo(before + spellings.size()));
  }

  @Test
  void acceptsQueriesAsBrowsersSendThem() throws IOException {
    for (String query : rows(QUERIES)) {
      assertThat(get("/q/health/live?x=" + query)).as(query).startsWith("HTTP/1.1 200 ");
      assertThat(get("//q/health/live?" + query)).as(query).startsWith("HTTP/1.1 200 ");
    }
  }

  /** In probe-target, which has gRPC, Vert.x itself answers 501 without a text. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /q/health/live HTTP/2.0", "GET / HTTP/1.2", "PRI * HTTP/2.0"})
  void refusesUnknownVersionsOfHttp(String line) throws IOException {
    assertThat(RawRequest.send(line + "\r\nHost: test\r\nConnection: close\r\n\r\n"))
        .containsPattern(
            "^HTTP/\\S+ (501 .*|505 [\\s\\S]*use HTTP/1.1, or set LAB_H2C=true for HTTP/2 without TLS)");
  }

  static List<String> refused() {
    List<String> requests = new ArrayList<>();
    for (String line :
        List.of(
            "CONNECT test:443",
            "OPTIONS *",
            "PRI *",
            "GET q?http://test/q/health/live",
            "GET http:/q/health/live")) {
      requests.add(line + " HTTP/1.1\r\nHost: test\r\n");
    }
    for (String host :
        List.of("", "Host: a b\r\n", "Host: {\r\n", "Host: test\r\nhost: test\r\n")) {
      requests.add("GET /q/health/live HTTP/1.1\r\n" + host);
    }
    requests.add("GET //q/health/live/ HTTP/1.1\r\nHost: {\r\n");
    requests.add("POST /tokens HTTP/1.1\r\nContent-Length: 1\r\n");
    return requests;
  }

  @ParameterizedTest
  @MethodSource("refused")
  void rejectsRequestsWithoutAPathOrHost(String request) throws IOException {
    // Given
    String label =
        "http_server_requests_seconds_count{method=\"%s\",outcome=\"CLIENT_ERROR\",status=\"400\",uri=\"/REFUSED\",}"
            .formatted(request.startsWith("PRI") ? "OTHER" : request.split(" ")[0]);
    double before = metric(label);
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler log = new RecordingHandler(logged);
    Logger.getLogger("").addHandler(log);

    // When
    String text;
    String json;
    try {
      text = RawRequest.send(request + "Connection: close\r\n\r\n{");
      json = RawRequest.send(request + "Accept: application/json\r\nConnection: close\r\n\r\n{");
    } finally {
      Logger.getLogger("").removeHandler(log);
    }

    // Then
    assertThat(text)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("content-type: text/plain;charset=UTF-8")
        .containsPattern("400 Bad Request: (Host|request target): it .*; use .*\n$");
    assertThat(json)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("content-type: application/problem+json")
        .containsPattern("\"field\":\"(Host|request target)\"");
    await().untilAsserted(() -> assertThat(metric(label)).isEqualTo(before + 2));
    assertThat(logged).isEmpty();
  }

  @Test
  void closesTheConnectionIfItDidNotReadTheBody() throws IOException {
    // When
    String answers =
        RawRequest.send(
            "POST tokens HTTP/1.1\r\nHost: test\r\nContent-Length: 99\r\n\r\n"
                + "GET /q/health/live HTTP/1.1\r\nHost: test\r\n\r\n");

    // Then
    assertThat(answers)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("connection: close")
        .doesNotContain("HTTP/1.1 200 ");
  }

  @Test
  void countsOptionsRequests() throws IOException {
    // Given
    String label =
        "http_server_requests_seconds_count{method=\"OPTIONS\",outcome=\"SUCCESS\",status=\"204\",uri=\"/OPTIONS\",}";
    double before = metric(label);

    // When
    raw("OPTIONS /metrics", "Accept: */*");

    // Then
    await().untilAsserted(() -> assertThat(metric(label)).isEqualTo(before + 1));
  }

  @Test
  void rejectsAQueryWithoutAPath() throws IOException {
    assertThat(get("?x")).startsWith("HTTP/1.1 400 ").contains("request target");
  }

  @Test
  void rejectsPipelinedRequestsSeparately() throws IOException {
    // When
    String answers =
        RawRequest.send(
            "GET //q/health/live HTTP/1.1\r\nHost: test\r\n\r\n"
                + "GET chosen-by-a-client HTTP/1.1\r\nHost: test\r\n\r\n"
                + "GET /chosen-by-a-client/../q/health/live HTTP/1.1\r\nHost: test\r\n\r\n"
                + "GET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n");

    // Then
    assertThat(answers)
        .containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 400 ", "HTTP/1.1 200 ", "HTTP/1.1 400 ");
    when().get("/metrics").then().body(not(containsString("chosen-by-a-client")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          414 | GET /LONG HTTP/1.1~Host: test~~
          414 | GET /?LONG HTTP/1.1~Host: test~~
          431 | GET / HTTP/1.1~Host: test~X: LONG~~
          400 | GET /a b HTTP/1.1~Host: test~~
          400 | G{T / HTTP/1.1~Host: test~~
          400 | GET / HTTP/1.1~Host: test~a b: c~~
          400 | GET / HTTP/1.1~Host: test~no colon~~
          400 | POST / HTTP/1.1~Host: test~Content-Length: x~~
          400 | POST / HTTP/1.1~Host: test~Content-Length: -1~~
          400 | POST / HTTP/1.1~Host: test~Content-Length: 1~Content-Length: 2~~12
          400 | nonsense~~
          400 | GET / HTTP/1.1;Host: test;;
          """)
  void answersMalformedRequestsWithTheRightStatus(int status, String request) throws IOException {
    assertThat(
            RawRequest.send(
                request
                    .replace("~", "\r\n")
                    .replace(";", "\n")
                    .replace("LONG", "x".repeat(30_000))))
        .matches("(?s)HTTP/1\\.[01] " + status + " .*");
  }

  private static double metric(String labels) {
    return when()
        .get("/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(labels.length())))
        .findFirst()
        .orElse(0);
  }

  private static List<String> labels() {
    return when()
        .get("/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("http_server_requests_seconds_count"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .sorted()
        .toList();
  }

  /** Ignores messages of our own classes, which have other causes. */
  private static final class RecordingHandler extends Handler {
    private final List<String> messages;

    RecordingHandler(List<String> messages) {
      this.messages = messages;
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() > Level.FINE.intValue()
          && !String.valueOf(line.getLoggerName()).startsWith("io.podlab.")) {
        messages.add(line.getLevel() + " " + line.getLoggerName() + " " + line.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void describesEveryOperationInOpenApi() {
    // When
    JsonPath document = given().queryParam("format", "json").get("/q/openapi").jsonPath();

    // Then
    Map<String, Map<String, Map<String, Object>>> paths = document.getMap("paths");
    assertThat(paths).isNotEmpty();
    assertThat(paths.values())
        .allSatisfy(
            operations ->
                assertThat(operations)
                    .allSatisfy(
                        (method, operation) ->
                            assertThat(operation)
                                .containsKeys(
                                    "operationId", "summary", "description", "tags", "responses")));
  }

  private static String raw(String methodAndPath, String header) throws IOException {
    return raw(methodAndPath, header, "");
  }

  private static String raw(String methodAndPath, String header, String body) throws IOException {
    return RawRequest.send(
        methodAndPath
            + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n"
            + header
            + "\r\n\r\n"
            + body);
  }

  private static void head(String target) throws IOException {
    raw("HEAD " + target, "Accept: */*");
  }

  private static String get(String target) throws IOException {
    return raw("GET " + target, "Accept: */*");
  }
}
