package io.podlab.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchGapTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** A character is a second: {@code +} with a watch, {@code -} without one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+++++                    | 0 watching x",
        "--+++                    | 2 watching x",
        "++-+++                   | 0 watching x",
        "++---------+++           | 0 watching x",
        "+-+-+-+-+-+-+-+-+-+-+-+- | 0 watching x",
        "+----------              | 0 watching x",
        "+-----------             | 0 watching x / 11 the watch on x has been down for 10s",
        "+-----------------       | 0 watching x / 11 the watch on x has been down for 10s",
        "+--------------+++       | 0 watching x / 11 the watch on x has been down for 10s / 15 watching x again after 14s",
        "+-----------+-+-----------+ | 0 watching x / 11 the watch on x has been down for 10s / 12 watching x again after 11s / 25 the watch on x has been down for 10s / 26 watching x again after 11s",
        "------------             | 10 the watch on x has been down for 10s",
        "-----------+-+           | 10 the watch on x has been down for 10s / 11 watching x again after 11s",
      })
  void tellsOnlyOfGapsThatLast(String seconds, String expected) {
    // Given
    WatchGap gap = new WatchGap("x");
    List<String> told = new ArrayList<>();

    // When
    for (int second = 0; second < seconds.length(); second++) {
      String at = second + " ";
      gap.look(seconds.charAt(second) == '+', START.plusSeconds(second))
          .map(line -> line.replace("; reading the ConfigMap every second instead", ""))
          .ifPresent(line -> told.add(at + line));
    }

    // Then
    assertThat(told).containsExactly(expected.split(" / "));
  }
}
