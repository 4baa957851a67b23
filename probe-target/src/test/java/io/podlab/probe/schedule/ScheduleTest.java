package io.podlab.probe.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest(name = "{0} at {1} ns is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ok                             |                   0 | ok
          ok                             | 9223372036854775807 | ok
          fail                           |                   0 | fail
          ok:10s,fail                    |                   0 | ok
          ok:10s,fail                    |          9990000000 | ok
          ok:10s,fail                    |         10000000000 | ok
          ok:10s,fail                    |         10000000001 | fail
          ok:10s,fail                    |         10010000000 | fail
          fail:45s,ok                    |         45000000000 | fail
          fail:45s,ok                    |         45000000001 | ok
          ok:1s,hang:1s,drop:1s,fail     |          1000000001 | hang
          ok:1s,hang:1s,drop:1s,fail     |          2000000000 | hang
          ok:1s,hang:1s,drop:1s,fail     |          2000000001 | drop
          ok:1s,hang:1s,drop:1s,fail     |          3000000001 | fail
          ok:20s,fail:10s,repeat         |                   0 | ok
          ok:20s,fail:10s,repeat         |         20000000000 | ok
          ok:20s,fail:10s,repeat         |         20000000001 | fail
          ok:20s,fail:10s,repeat         |         30000000000 | fail
          ok:20s,fail:10s,repeat         |         30000000001 | ok
          ok:20s,fail:10s,repeat         |         50000000000 | ok
          ok:20s,fail:10s,repeat         |         50000000001 | fail
          ok:20s,fail:10s,repeat         |  864000000000000000 | fail
          ok:20s,fail:10s,repeat         |  864000000000000001 | ok
          ok:1ms,fail:1ms,repeat         |             1000000 | ok
          ok:1ms,fail:1ms,repeat         |             1000001 | fail
          ok:1m30s,fail                  |         90000000000 | ok
          ok:1m30s,fail                  |         90000000001 | fail
          ok:1s,repeat                   |         12345678901 | ok
          """)
  void changesStateOverTime(String schedule, long nanos, String state) {
    assertThat(Schedule.parse(schedule).at(nanos).label()).isEqualTo(state);
  }

  @Test
  void hasItsFirstStateBeforeItsStart() {
    // If a change and a probe arrive together, the probe can have an earlier time.
    assertThat(Schedule.parse("fail:1s,ok").at(-1)).isEqualTo(State.FAIL);
  }

  @ParameterizedTest(name = "{0} at {1} s: since {2} s, until {3} s")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ok                          |   7 |   0 |
          ok:10s,fail                 |   7 |   0 |  10
          ok:10s,fail                 |  17 |  10 |
          ok:10s,ok:5s,fail           |  12 |   0 |  15
          ok:10s,ok:5s,fail           |   3 |   0 |  15
          ok:10s,fail:5s,fail         |  12 |  10 |
          ok:20s,fail:10s,repeat      |   5 |   0 |  20
          ok:20s,fail:10s,repeat      |  25 |  20 |  30
          ok:20s,fail:10s,repeat      |  35 |  30 |  50
          ok:20s,fail:10s,repeat      |  85 |  80 |  90
          ok:5s,fail:5s,ok:5s,repeat  |   3 |   0 |   5
          ok:5s,fail:5s,ok:5s,repeat  |  12 |  10 |  20
          ok:5s,fail:5s,ok:5s,repeat  |  17 |  10 |  20
          ok:5s,fail:5s,ok:5s,repeat  |  32 |  25 |  35
          ok:5s,ok:5s,repeat          |  32 |   0 |
          """)
  void knowsStartAndEndOfAState(String text, long at, long since, Long until) {
    // Given
    Schedule schedule = Schedule.parse(text);

    // Then
    assertThat(schedule.since(at * SECOND)).isEqualTo(since * SECOND);
    assertThat(schedule.until(at * SECOND))
        .isEqualTo(until == null ? OptionalLong.empty() : OptionalLong.of(until * SECOND));
  }

  @ParameterizedTest(name = "{0}: a state starts where the previous one ends")
  @ValueSource(
      strings = {"ok:10s,fail", "ok:20s,fail:10s,repeat", "ok:1ms,hang:7ms,ok:3ms,drop:1ms,repeat"})
  void changesExactlyAtItsTimes(String text) {
    // Given
    Schedule schedule = Schedule.parse(text);
    long at = 0;

    for (int i = 0; i < 1000 && schedule.until(at).isPresent(); i++) {
      // When
      long end = schedule.until(at).getAsLong();

      // Then
      assertThat(schedule.at(end)).isEqualTo(schedule.at(at));
      assertThat(schedule.at(end + 1)).isNotEqualTo(schedule.at(at));
      assertThat(schedule.since(end + 1)).isEqualTo(end);
      at = end + 1;
    }
    assertThat(at).isPositive();
  }

  @ParameterizedTest(name = "\"{0}\"")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ok                          | ok
          ' ok:10s , fail '           | ok:10s,fail
          ok:90s,fail                 | ok:1m30s,fail
          ok:7200s,fail:600s,repeat   | ok:2h,fail:10m,repeat
          ok:1h5s,fail                | ok:1h0m5s,fail
          ok:0.5s,fail                | ok:500ms,fail
          hang:1ms,drop               | hang:1ms,drop
          """)
  void hasAShortestForm(String text, String written) {
    // When
    Schedule schedule = Schedule.parse(text);

    // Then
    assertThat(schedule).hasToString(written);
    assertThat(Schedule.parse(written)).isEqualTo(schedule);
  }

  @ParameterizedTest(name = "\"{0}\": character {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                     |  1 | '' at character 1 is not a state
          fial                   |  1 | 'fial' at character 1 is not a state
          OK                     |  1 | 'OK' at character 1 is not a state
          ok:10s,fial            |  8 | 'fial' at character 8 is not a state
          `ok:10s,  fial`        | 10 | 'fial' at character 10 is not a state
          ok:10s,,fail           |  8 | '' at character 8 is not a state
          ok:10s,                |  8 | '' at character 8 is not a state
          :10s                   |  1 | '' at character 1 is not a state
          ok:,fail               |  4 | '' at character 4 is not a duration
          ok:10,fail             |  4 | '10' at character 4 is not a duration
          ok:1d,fail             |  4 | '1d' at character 4 is not a duration
          ok:1s:2s,fail          |  4 | '1s:2s' at character 4 is not a duration
          ok:0s,fail             |  4 | '0s' at character 4 is too short
          ok:0,fail              |  4 | '0' at character 4 is too short
          ok:-5s,fail            |  4 | '-5s' at character 4 is too short
          ok:10s,fail:999us,ok   | 13 | '999us' at character 13 is too short
          ok,fail                |  4 | ok, which has no duration
          ok:1s,fail,repeat      | 12 | fail, which has no duration
          ok:1s,fail:1s,repeat,ok| 22 | repeat
          repeat                 |  1 | 'repeat'
          repeat:1s              |  1 | 'repeat'
          ok:1s,repeat:2s        |  7 | 'repeat'
          ok:10s                 |  7 | last state
          ok:10s,fail:1m         | 15 | last state
          ok:2000000h,ok:2000000h,fail | 13 | too large
          """)
  void namesThePositionOfAnError(String text, int position, String why) {
    // When
    InvalidScheduleException invalid =
        catchThrowableOfType(InvalidScheduleException.class, () -> Schedule.parse(text));

    // Then
    assertThat(invalid.detail()).contains(why).containsPattern("character " + position + "\\b");
    assertThat(invalid).hasMessage(invalid.detail() + "; use " + invalid.accepted());
  }

  @Test
  void acceptsAHundredSteps() {
    // Given
    String text = "ok:1s,".repeat(99) + "fail";

    // Then
    assertThat(Schedule.parse(text).at(99 * SECOND + 1)).isEqualTo(State.FAIL);
  }

  @Test
  void rejectsMoreThanAHundredSteps() {
    // Given
    String text = "ok:1s,".repeat(100) + "fail";

    // When
    IllegalArgumentException refusal =
        catchThrowableOfType(IllegalArgumentException.class, () -> Schedule.parse(text));

    // Then
    assertThat(refusal).hasMessageContainingAll("character 601", "at most 100");
  }

  @Test
  void cutsLongTextAndReplacesControlCharacters() {
    // When
    IllegalArgumentException refusal =
        catchThrowableOfType(
            IllegalArgumentException.class, () -> Schedule.parse("\u001b[2J\n" + "x".repeat(5000)));

    // Then
    assertThat(refusal.getMessage()).hasSizeLessThan(120).doesNotContainPattern("\\p{Cntrl}");
  }
}
