package io.podlab.demo.parameter;

import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** A length of time in a variable, from 0 to 24h, in Go's form as everywhere in Kubernetes. */
public final class DurationSetting implements Converter<Duration> {
  static final Duration LONGEST = Duration.ofHours(24);

  private static final long serialVersionUID = 1L;

  @Override
  public Duration convert(String text) {
    try {
      Duration duration = GoDuration.parse(text);
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException malformed) {
      // Go's words are for those who know Go; what is accepted says more.
    }
    throw new IllegalArgumentException(
        "expected a duration such as 500ms, 20s or 1m30s, up to 24h");
  }
}
