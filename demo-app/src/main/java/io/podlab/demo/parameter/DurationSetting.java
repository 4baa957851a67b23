package io.podlab.demo.parameter;

import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** A duration in a variable, 0 to 24h, in the Go syntax that Kubernetes uses. */
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
      // The text below says more than Go's error.
    }
    throw new IllegalArgumentException(
        "is not a duration up to 24h; use Go syntax such as 500ms or 1m30s");
  }
}
