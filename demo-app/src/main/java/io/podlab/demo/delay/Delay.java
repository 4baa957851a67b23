package io.podlab.demo.delay;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How long an answer waits.
 *
 * @param duration from zero to {@link #LONGEST}
 */
public record Delay(@JsonIgnore Duration duration) implements PlainText {
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final String ACCEPTED = "a duration such as 250ms, 1.5s or 1m30s, from 0s to 5m";

  /**
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Delay parse(String text) {
    Duration duration = GoDuration.parse(text);
    if (duration.isNegative()) {
      throw new IllegalArgumentException("it is negative");
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("it is longer than 5m");
    }
    return new Delay(duration);
  }

  @JsonGetter
  public double seconds() {
    return duration.toNanos() / 1e9;
  }

  @Override
  public String plainText() {
    return "answered after "
        + BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString()
        + " s\n";
  }
}
