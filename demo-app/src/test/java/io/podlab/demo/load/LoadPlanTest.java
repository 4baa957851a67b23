package io.podlab.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadPlanTest {
  private static final LoadTarget TARGET = LoadTarget.parse("http://demo");

  @ParameterizedTest
  @CsvSource({
    "PT30S, 100, 3000",
    "PT0.1S, 1, 1",
    "PT1.1S, 1, 2",
    "PT1S, 3, 3",
    "PT1H, 1000, 3600000"
  })
  void hasAsManyRequestsAsBeginWithinTheTime(Duration time, int rate, long requests) {
    // Given
    LoadPlan plan = new LoadPlan(TARGET, time, rate, false);

    // Then
    assertThat(plan.requests()).isEqualTo(requests);
    assertThat(plan.dueAfter(requests - 1)).isLessThan(time.toNanos());
    assertThat(plan.dueAfter(requests)).isGreaterThanOrEqualTo(time.toNanos());
  }

  @Test
  void spacesThemEvenly() {
    // Given
    LoadPlan plan = new LoadPlan(TARGET, Duration.ofSeconds(1), 100, false);

    // Then
    assertThat(LongStream.range(0, 4).map(plan::dueAfter))
        .containsExactly(0L, 10_000_000L, 20_000_000L, 30_000_000L);
  }

  @ParameterizedTest
  @CsvSource({"PT0.099S, 1", "PT1H0.001S, 1", "PT1S, 0", "PT1S, 1001"})
  void isBounded(Duration time, int rate) {
    assertThatIllegalArgumentException().isThrownBy(() -> new LoadPlan(TARGET, time, rate, false));
  }
}
