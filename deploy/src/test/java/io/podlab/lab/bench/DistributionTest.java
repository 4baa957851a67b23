package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void takesPercentilesByTheNearestRank() {
    // Given
    Distribution hundred =
        new Distribution("x", IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList());

    // Then
    assertThat(hundred.row()).containsExactly("x", "100", "1", "50", "95", "99", "100");
  }

  @Test
  void isThereForASingleOne() {
    assertThat(new Distribution("x", List.of(7.4)).row())
        .containsExactly("x", "1", "7", "7", "7", "7", "7");
  }
}
