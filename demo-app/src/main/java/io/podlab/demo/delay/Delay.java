package io.podlab.demo.delay;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.podlab.demo.http.PlainText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an answer waits.
 *
 * @param duration from zero to {@link #LONGEST}
 */
public record Delay(@JsonIgnore Duration duration) implements PlainText {
  static final Duration LONGEST = Duration.ofMinutes(5);
  static final String ACCEPTED = "a number with ms, s or m, such as 250ms, 1.5s or 2m, up to 5m";

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m)");

  /** Empty if the text is no duration or one that is too long. */
  static Optional<Delay> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long nanosecondsPerUnit =
        switch (form.group(2)) {
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          default -> 60_000_000_000L;
        };
    BigDecimal nanoseconds =
        new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(nanosecondsPerUnit));
    return Optional.of(new Delay(Duration.ofNanos(nanoseconds.longValue())))
        .filter(delay -> delay.duration.compareTo(LONGEST) <= 0);
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
