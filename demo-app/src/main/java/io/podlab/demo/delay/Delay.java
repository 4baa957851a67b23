package io.podlab.demo.delay;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.podlab.kit.http.PlainText;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * A delayed answer.
 *
 * @param duration the delay, zero to {@link #LONGEST}
 */
public record Delay(@JsonIgnore Duration duration) implements PlainText {
  static final Duration LONGEST = Duration.ofMinutes(5);

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
