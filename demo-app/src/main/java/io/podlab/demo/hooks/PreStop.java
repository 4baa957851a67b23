package io.podlab.demo.hooks;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.PlainText;
import java.time.Duration;

/**
 * The answer to a preStop hook.
 *
 * @param delay the requested delay
 * @param stopped whether the process stopped before the delay ended
 */
public record PreStop(@JsonIgnore Duration delay, boolean stopped) implements PlainText {
  @JsonGetter
  public double delaySeconds() {
    return delay.toMillis() / 1e3;
  }

  @Override
  public String plainText() {
    return stopped
        ? "process stopping before the end of the delay of %s\n".formatted(GoDuration.format(delay))
        : "delay of %s completed\n".formatted(GoDuration.format(delay));
  }
}
