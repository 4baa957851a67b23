package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrkTest {
  private static final String REPORT =
      """
      Running 5s test @ http://127.0.0.1:8080/healthz
        1 threads and 32 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency     1.21ms    2.01ms  40.05ms   92.15%
          Req/Sec    30.01k     4.16k   36.61k    68.00%
        Latency Distribution
           50%  730.00us
           75%    1.03ms
           90%    2.15ms
           99%   P99
        149283 requests in 5.01s, 17.94MB read
        Non-2xx or 3xx responses: 1234
      Requests/sec:  29798.24
      Transfer/sec:      3.58MB
      """;

  @ParameterizedTest
  @CsvSource({"10.25ms, 10.25", "850.00us, 0.85", "1.50s, 1500", "1.20m, 72000"})
  void readsTheLatencyInAnyUnit(String written, double millis) {
    assertThat(Wrk.parse(REPORT.replace("P99", written)).p99Millis()).isEqualTo(millis);
  }

  @Test
  void readsTheRateAndWhatWasUnsuccessful() {
    // When
    Wrk.Load load = Wrk.parse(REPORT.replace("P99", "1.00ms"));
    // Then
    assertThat(load.requestsPerSecond()).isEqualTo(29798.24);
    assertThat(load.unsuccessful()).isEqualTo(1234);
  }

  @Test
  void countsNothingUnsuccessfulWhereNothingIsSaidOfIt() {
    // Given
    String report = REPORT.replace("P99", "1.00ms").replaceAll("(?m)^.*Non-2xx.*\n", "");
    // When, Then
    assertThat(Wrk.parse(report).unsuccessful()).isZero();
  }

  @Test
  void refusesWhatIsNoReport() {
    assertThatThrownBy(() -> Wrk.parse("unable to connect"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("unable to connect");
  }

  @Test
  void loadsWithOneThreadAndABoundedNumberOfConnections() {
    // Given
    URI url = URI.create("http://127.0.0.1:1/x");
    // When, Then
    assertThat(new Wrk(Path.of("wrk")).command(url, Duration.ofMinutes(1)))
        .hasToString("wrk -t1 -c32 -d60s --latency http://127.0.0.1:1/x");
  }
}
