package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadStatisticsTest {
  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00.123Z");
  private static final LoadPlan PLAN =
      new LoadPlan(LoadTarget.parse("http://demo:8080"), Duration.ofSeconds(30), 100, false);
  private static final Duration TIME = Duration.ofMillis(7249);

  private final LoadStatistics statistics = new LoadStatistics();

  @Test
  void sumsUpByPodAndByReasonWithTimes() {
    // Given
    statistics.add(by("demo-1"), TEN);
    statistics.add(by("demo-2"), TEN.plusMillis(10));
    statistics.add(by("demo-1"), TEN.plusMillis(20));
    statistics.add(new Answer(200, Optional.empty(), true), TEN.plusMillis(30));
    statistics.failed("connection refused", TEN.plusMillis(40));
    statistics.failed("connection refused", TEN.plusMillis(50));
    statistics.add(new Answer(503, Optional.of("demo-1"), true), TEN.plusMillis(60));
    statistics.add(new Answer(503, Optional.empty(), true), TEN.plusMillis(70));
    statistics.notSent("500 requests were in flight", TEN.plusMillis(80));

    // Then
    assertThat(statistics.summary(PLAN, TIME, Optional.empty()))
        .containsExactly(
            "8 requests in 7.2 s to http://demo:8080: 4 answered, 4 failed",
            "  2 by demo-1, the first at 10:00:00.123, the last at 10:00:00.143",
            "  1 by demo-2, at 10:00:00.133",
            "  1 by an unknown pod, at 10:00:00.153",
            "  2 failed: connection refused, the first at 10:00:00.163, the last at 10:00:00.173",
            "  1 failed: demo-1 answered 503, at 10:00:00.183",
            "  1 failed: answered 503, at 10:00:00.193",
            "  1 not sent: 500 requests were in flight, at 10:00:00.203");
  }

  @Test
  void saysHowManyConnectionsWereOpenedIfTheyWereKept() {
    assertThat(statistics.summary(PLAN, TIME, Optional.of(4L)))
        .containsExactly(
            "0 requests in 7.2 s to http://demo:8080 over 4 connections: 0 answered, 0 failed");
  }

  @Test
  void tellsOnlyTheFirstOfEachKindAtOnce() {
    assertThat(statistics.add(by("demo-1"), TEN))
        .contains("10:00:00.123 demo-1 answers for the first time");
    assertThat(statistics.add(by("demo-1"), TEN)).isEmpty();
    assertThat(statistics.add(by("demo-2"), TEN)).isPresent();
    assertThat(statistics.failed("connection refused", TEN))
        .contains("10:00:00.123 the first failure of its kind: connection refused");
    assertThat(statistics.failed("connection refused", TEN)).isEmpty();
    assertThat(statistics.add(new Answer(404, Optional.empty(), true), TEN))
        .contains("10:00:00.123 the first failure of its kind: answered 404");
    assertThat(statistics.add(new Answer(503, Optional.of("demo-1"), true), TEN))
        .contains("10:00:00.123 the first failure of its kind: demo-1 answered 503");
    assertThat(statistics.add(new Answer(503, Optional.of("demo-1"), true), TEN)).isEmpty();
    assertThat(statistics.closing(by("demo-1"), TEN))
        .contains("10:00:00.123 demo-1 sends Connection: close");
    assertThat(statistics.closing(by("demo-1"), TEN)).isEmpty();
    assertThat(statistics.notSent("all are in use", TEN))
        .contains("10:00:00.123 the first request that was not sent: all are in use");
    assertThat(statistics.notSent("all are in use", TEN)).isEmpty();
  }

  @Test
  void isPerfectOnlyIfSomethingWasSentAndAllOfItAnswered() {
    assertThat(statistics.isPerfect()).isFalse();
    statistics.add(by("demo-1"), TEN);
    assertThat(statistics.isPerfect()).isTrue();
    statistics.notSent("all are in use", TEN);
    assertThat(statistics.isPerfect()).isFalse();
  }

  @Test
  void isNotPerfectOnceOneHasFailed() {
    // Given
    statistics.add(by("demo-1"), TEN);

    // When
    statistics.add(new Answer(400, Optional.empty(), true), TEN);

    // Then
    assertThat(statistics.isPerfect()).isFalse();
  }

  @Test
  void countsWhatComesWhenThereAreTooManyKindsTogether() {
    // When
    for (int i = 0; i < LoadStatistics.MOST_PODS + 5; i++) {
      statistics.add(by("demo-" + i), TEN);
    }
    for (int i = 0; i < LoadStatistics.MOST_PODS + 4; i++) {
      statistics.add(new Answer(503, Optional.of("demo-" + i), true), TEN);
    }
    for (int i = 0; i < LoadStatistics.MOST_REASONS + 3; i++) {
      statistics.failed("reason " + i, TEN);
    }
    statistics.add(by("demo-0"), TEN);

    // Then
    assertThat(statistics.summary(PLAN, TIME, Optional.empty()))
        .hasSize(1 + 2 * (LoadStatistics.MOST_PODS + 1) + LoadStatistics.MOST_REASONS + 1)
        .anyMatch(line -> line.startsWith("  2 by demo-0,"))
        .anyMatch(line -> line.startsWith("  5 by other pods,"))
        .anyMatch(line -> line.startsWith("  4 failed: other pods answered 400 or more,"))
        .anyMatch(line -> line.startsWith("  3 failed: other reasons,"));
  }

  private static Answer by(String pod) {
    return new Answer(200, Optional.of(pod), true);
  }
}
