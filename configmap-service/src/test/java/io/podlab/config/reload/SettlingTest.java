package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.source.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final Reading A = new Reading.Gone("a");
  private static final Reading B = new Reading.Gone("b");

  private final Settling settling = new Settling();

  private boolean passes(Reading reading, long milliseconds) {
    return settling.passes(reading, TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }

  @Test
  void letsAReadingPassThatStaysForAWhileAndOnlyOnce() {
    assertThat(passes(A, 0)).isFalse();
    assertThat(passes(A, 50)).isFalse();
    assertThat(passes(A, 100)).isTrue();
    assertThat(passes(A, 150)).isFalse();
  }

  @Test
  void takesNoNoticeOfWhatIsBackAtOnce() {
    // Given
    settling.pass(A);

    // When, Then
    assertThat(passes(B, 0)).isFalse();
    assertThat(passes(A, 50)).isFalse();
    assertThat(passes(B, 100)).isFalse();
    assertThat(passes(B, 150)).isFalse();
    assertThat(passes(B, 200)).isTrue();
  }

  /** Ten times a second for ten seconds, seen every 50 ms. */
  @Test
  void coalescesWhatFlapsAndTheLastOneWins() {
    // Given
    List<Reading> passed = new ArrayList<>();
    Reading last = A;

    // When
    for (int at = 0; at < 10_000; at += 50) {
      if (at % 100 == 0) {
        last = new Reading.Gone("at " + at);
      }
      if (passes(last, at)) {
        passed.add(last);
      }
    }
    for (int at = 10_000; at < 10_200; at += 50) {
      if (passes(last, at)) {
        passed.add(last);
      }
    }

    // Then
    assertThat(passed).hasSizeBetween(9, 12);
    assertThat(passed.get(passed.size() - 1)).isSameAs(last);
  }
}
