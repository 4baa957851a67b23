package io.podlab.config.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.source.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DebounceTest {
  private static final Reading A = new Reading.Gone("a");
  private static final Reading B = new Reading.Gone("b");

  private final Debounce debounce = new Debounce();

  /** The same calls as in Reloader. */
  private boolean passes(Reading reading, long milliseconds) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(milliseconds);
    boolean passes = debounce.passes(reading, nanos);
    if (passes) {
      debounce.pass(reading, nanos);
    }
    return passes;
  }

  @Test
  void letsAReadingPassThatStaysForAMomentAndOnlyOnce() {
    assertThat(passes(A, 1000)).isFalse();
    assertThat(passes(A, 1025)).isFalse();
    assertThat(passes(A, 1050)).isTrue();
    assertThat(passes(A, 1075)).isFalse();
  }

  @Test
  void letsAReadingPassUntilTheServiceHasDecided() {
    assertThat(debounce.passes(A, 0)).isFalse();
    assertThat(debounce.passes(A, Debounce.QUIET_AFTER_A_CHANGE.toNanos())).isTrue();
    assertThat(debounce.passes(A, Debounce.QUIET_AFTER_A_CHANGE.toNanos())).isTrue();
    assertThat(debounce.isWaiting()).isTrue();
  }

  @Test
  void waitsLongerSoonAfterAnotherChange() {
    // Given
    debounce.pass(A, 0);

    // When, Then
    assertThat(passes(B, 150)).isFalse();
    assertThat(passes(B, 250)).isFalse();
    assertThat(passes(B, 270)).isTrue();
  }

  @Test
  void takesNoNoticeOfWhatIsBackAtOnce() {
    // Given
    debounce.pass(A, 0);

    // When, Then
    assertThat(passes(B, 1000)).isFalse();
    assertThat(passes(A, 1025)).isFalse();
    assertThat(passes(B, 1050)).isFalse();
    assertThat(passes(B, 1075)).isFalse();
    assertThat(passes(B, 1100)).isTrue();
  }

  /** Ten changes a second for ten seconds, checked every 25 ms. */
  @Test
  void coalescesWhatFlapsAndTheLastOneWins() {
    // Given
    List<Reading> passed = new ArrayList<>();
    Reading last = A;

    // When
    for (int at = 0; at < 10_000; at += 25) {
      if (at % 100 == 0) {
        last = new Reading.Gone("at " + at);
      }
      if (passes(last, at)) {
        passed.add(last);
      }
    }
    for (int at = 10_000; at < 10_300; at += 25) {
      if (passes(last, at)) {
        passed.add(last);
      }
    }

    // Then
    assertThat(passed).hasSizeBetween(9, 13);
    assertThat(passed.get(passed.size() - 1)).isSameAs(last);
  }
}
