package io.podlab.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  @Test
  void takesTheMedianOfEachFigureByItself() {
    // Given
    List<Sample> samples = List.of(sample(1, 30), sample(3, 10), sample(2, 20));
    // When, Then
    assertThat(Sample.median(samples)).isEqualTo(sample(2, 20));
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertThat(Sample.median(List.of(sample(1, 1), sample(4, 2))).startMillis()).isEqualTo(2.5);
  }

  @Test
  void dividesOursByThePeers() {
    // Given
    Outcome outcome =
        new Outcome(
            "demo-app",
            "/",
            Optional.of("other"),
            List.of(sample(300, 50)),
            List.of(sample(100, 200)));
    // When, Then
    assertThat(outcome.ratio())
        .hasValueSatisfying(
            ratio -> {
              assertThat(ratio.startMillis()).isEqualTo(3);
              assertThat(ratio.requestsPerSecond()).isEqualTo(0.25);
            });
    assertThat(outcome.table())
        .extracting(row -> row.get(0))
        .containsExactly("DEMO-APP", "ours", "other", "ours/peer");
  }

  @Test
  void saysNothingOfAPeerThereIsNot() {
    // Given
    Outcome outcome =
        new Outcome("demo-app", "/", Optional.empty(), List.of(sample(1, 1)), List.of());
    // When, Then
    assertThat(outcome.table()).hasSize(2);
    assertThat(outcome.json()).doesNotContainKeys("peer", "peers", "peersMedian", "ratio");
  }

  private static Sample sample(double startMillis, double requestsPerSecond) {
    return new Sample(startMillis, 1, requestsPerSecond, 1, 1, 0);
  }
}
