package io.podlab.demo.hooks;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import java.time.Duration;

/**
 * What a preStop hook is told at its end.
 *
 * @param delay that was asked for
 * @param stopped whether the process was told to stop before that was over
 */
public record PreStop(@JsonIgnore Duration delay, boolean stopped) implements PlainText {
  @JsonGetter
  public double delaySeconds() {
    return delay.toMillis() / 1e3;
  }

  @Override
  public String plainText() {
    return stopped
        ? "told to stop before %s were over\n".formatted(GoDuration.format(delay))
        : "%s are over\n".formatted(GoDuration.format(delay));
  }
}
