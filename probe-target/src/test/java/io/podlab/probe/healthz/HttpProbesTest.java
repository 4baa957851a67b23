package io.podlab.probe.healthz;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.podlab.kit.testing.RawRequest;
import io.podlab.kit.testing.Spellings;
import io.podlab.probe.answer.HangingProbes;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeRequest;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HttpProbesTest {
  @Inject Probes probes;
  @Inject HangingProbes hanging;

  private void begin(ProbeType type, String schedule) {
    probes.get(type).begin(Schedule.parse(schedule), 0);
  }

  @AfterEach
  void reset() {
    probes.all().forEach(Probe::reset);
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, LIVENESS",
    "/livez, LIVENESS",
    "/readyz, READINESS",
    "/startupz, STARTUP",
  })
  void answersByteForByteAsAgnhostDoes(String path, ProbeType type) {
    // Given
    begin(type, "ok");
    long before = probes.get(type).history().count();

    // When
    Response well = when().get(path);
    begin(type, "fail");
    Response unwell = when().get(path);

    // Then
    assertThat(well.statusCode()).isEqualTo(200);
    assertThat(well.asString()).isEqualTo("ok");
    assertThat(well.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(unwell.statusCode()).isEqualTo(500);
    assertThat(unwell.asString()).matches("error: [0-9]+(\\.[0-9]{1,9})?");
    assertThat(unwell.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(probes.get(type).history().count()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, LIVENESS",
    "/livez, LIVENESS",
    "/readyz, READINESS",
    "/startupz, STARTUP",
  })
  void answersAndCountsEverySpellingOfAPath(String path, ProbeType type) throws IOException {
    // Given
    begin(type, "ok");
    long before = probes.get(type).history().count();

    // When
    for (String spelling : Spellings.of(path)) {
      assertThat(
              RawRequest.send(
                  "GET " + spelling + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"))
          .as(spelling)
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("\r\n\r\nok");
    }

    // Then
    assertThat(probes.get(type).history().count()).isEqualTo(before + Spellings.of(path).size());
    when().get("/metrics").then().body(not(containsString("uri=\"" + path + "\"")));
  }

  @Test
  void doesNotCountOtherPaths() throws IOException {
    // Given
    long before = probes.get(ProbeType.LIVENESS).history().count();

    // When
    for (String other :
        List.of("/healthz;a=b", "/healthz%2F", "/%2Fhealthz", "/x%2F..%2Fhealthz")) {
      assertThat(
              RawRequest.send("GET " + other + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 404 ");
    }

    // Then
    assertThat(probes.get(ProbeType.LIVENESS).history().count()).isEqualTo(before);
  }

  @Test
  void keepsThePathOfADisconnectedClientOutOfTheMetrics() throws IOException {
    // Given
    begin(ProbeType.READINESS, "hang");

    // When
    RawRequest.open("GET /chosen/../readyz HTTP/1.1\r\nHost: t\r\n\r\n").close();
    await()
        .until(
            () -> when().get("/metrics").asString().contains("status=\"RESET\",uri=\"/REFUSED\""));

    // Then
    when().get("/metrics").then().body(not(containsString("chosen")));
  }

  @Test
  void isTextForEveryAcceptHeader() {
    // Given
    begin(ProbeType.LIVENESS, "ok");

    // Then
    given()
        .accept("application/json")
        .when()
        .get("/healthz")
        .then()
        .statusCode(200)
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(equalTo("ok"));
  }

  @Test
  void answersHeadWithoutABody() throws IOException {
    // Given
    begin(ProbeType.LIVENESS, "ok");

    // Then
    assertThat(RawRequest.send("HEAD /healthz HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void rejectsOtherMethods(String method) {
    given()
        .when()
        .request(method, "/readyz")
        .then()
        .statusCode(405)
        .header("Allow", "GET, HEAD, OPTIONS")
        .body(endsWith("; use GET, HEAD, OPTIONS\n"));
  }

  @Test
  void countsHeadAsAProbe() {
    // Given
    begin(ProbeType.STARTUP, "ok");
    probes.get(ProbeType.STARTUP).failNext(1);
    long before = probes.get(ProbeType.STARTUP).history().count();

    // Then
    when().head("/startupz").then().statusCode(500);
    when().head("/startupz").then().statusCode(200);
    assertThat(probes.get(ProbeType.STARTUP).history().count()).isEqualTo(before + 2);
  }

  @Test
  void failsOnlyTheNextProbes() {
    // Given
    begin(ProbeType.STARTUP, "ok");
    probes.get(ProbeType.STARTUP).failNext(2);

    // When
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(when().get("/startupz").statusCode());
    }

    // Then
    assertThat(statuses).containsExactly(500, 500, 200);
  }

  @Test
  void closesTheConnectionWithoutAnAnswer() throws IOException {
    // Given
    begin(ProbeType.READINESS, "drop");

    // Then
    assertThat(RawRequest.send("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n")).isEmpty();
  }

  @Test
  void keepsAThousandClientsWaitingWithoutAThreadForEach() throws IOException {
    // Given
    begin(ProbeType.READINESS, "hang");
    when().get("/startupz");
    int threads = Thread.activeCount();
    List<Socket> sockets = new ArrayList<>();

    // When
    try {
      for (int i = 0; i < 1000; i++) {
        sockets.add(RawRequest.open("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n"));
      }
      await().until(() -> hanging.size() == 1000);

      // Then
      assertThat(Thread.activeCount()).isLessThan(threads + 100);
      begin(ProbeType.LIVENESS, "ok");
      when().get("/healthz").then().statusCode(200);
      when().get("/probes").then().statusCode(200);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    await().until(() -> hanging.size() == 0);
    assertThat(probes.get(ProbeType.READINESS).history().last())
        .hasSize(200)
        .allSatisfy(
            request -> {
              assertThat(request.answer()).isEqualTo(State.HANG);
              assertThat(request.patience()).isPresent();
            });
  }

  @Test
  void dropsProbesAboveTheMaximumOfHangingProbes() throws IOException {
    // Given
    begin(ProbeType.READINESS, "hang");
    List<HangingProbes.Pending> all = new ArrayList<>();
    Runnable none = () -> {};
    for (Optional<HangingProbes.Pending> held = hanging.hold(none, none);
        held.isPresent();
        held = hanging.hold(none, none)) {
      all.add(held.get());
    }

    // When
    String answer = RawRequest.send("GET /readyz HTTP/1.1\r\nHost: t\r\n\r\n");

    // Then
    all.forEach(HangingProbes.Pending::release);
    assertThat(answer).isEmpty();
  }

  @Test
  void keepsTheHeadersOfAProbe() {
    // Given
    begin(ProbeType.LIVENESS, "ok");

    // When
    given().header("Custom-Header", "Awesome").when().get("/healthz");

    // Then
    List<ProbeRequest> requests = probes.get(ProbeType.LIVENESS).history().last();
    assertThat(requests.get(requests.size() - 1).headers())
        .anySatisfy(
            header -> {
              assertThat(header.getKey()).isEqualTo("Custom-Header");
              assertThat(header.getValue()).isEqualTo("Awesome");
            });
  }

  @Test
  void returnsTheTimeSinceTheStartInGoSyntax() {
    when()
        .get("/started")
        .then()
        .statusCode(200)
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(matchesPattern("([0-9]+m)?[0-9]+(\\.[0-9]{1,9})?(s|ms)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?loc=/healthz                  | /healthz
          ''                             | /
          ?loc=http://example.com/x%3Fy  | http://example.com/x?y
          ?loc=../a//b                   | ../a//b
          ?loc=%C3%A9                    | %C3%A9
          ?loc=%E5%98%8D%E5%98%8A        | %E5%98%8D%E5%98%8A
          ?loc=%F0%9F%98%80              | %F0%9F%98%80
          """)
  void redirectsToTheGivenLocation(String query, String location) {
    given()
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false)
        .when()
        .get("/redirect" + query)
        .then()
        .statusCode(302)
        .header("Location", location);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0d%0aSet-Cookie:%20b", "a%0aSet-Cookie:%20b", "a%c2%85b", "a%00"})
  void rejectsALocationThatWouldAddAHeader(String loc) {
    given()
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false)
        .when()
        .get("/redirect?loc=" + loc)
        .then()
        .statusCode(400)
        .header("Set-Cookie", nullValue())
        .body(containsString("400 Bad Request: loc: "));
  }
}
