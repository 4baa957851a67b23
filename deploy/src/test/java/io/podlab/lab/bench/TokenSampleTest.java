package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSampleTest {
  @ParameterizedTest
  @CsvSource({"0.5, 50", "0.95, 95", "0.951, 96", "1, 100", "0.001, 1"})
  void takesTheSmallestValueThatTheShareDoesNotExceed(double share, double value) {
    // Given
    double[] hundred = IntStream.iterate(100, i -> i - 1).limit(100).asDoubleStream().toArray();

    // When, Then
    assertThat(TokenSample.percentile(hundred, share)).isEqualTo(value);
  }

  @Test
  void showsTheMedianOfEachFigureAndTheShareOfTheDisk() {
    // Given
    List<TokenSample> samples =
        List.of(
            new TokenSample(1000, 3, 9, 500),
            new TokenSample(2000, 1, 7, 1000),
            new TokenSample(3000, 2, 8, 1500));

    // When, Then
    assertThat(TokenSample.table(samples).get(1))
        .containsExactly("ours", "2000", "2.00", "8.00", "1000", "2.00");
  }
}
