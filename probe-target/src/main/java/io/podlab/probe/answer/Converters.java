package io.podlab.probe.answer;

import io.podlab.kit.duration.GoDuration;
import io.podlab.probe.schedule.InvalidScheduleException;
import io.podlab.probe.schedule.Schedule;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** Converters for settings. Each message is the end of a sentence that starts with the value. */
final class Converters {
  private Converters() {}

  /** {@code ok:10s,fail}. */
  public static final class ScheduleConverter implements Converter<Schedule> {
    private static final long serialVersionUID = 1L;

    @Override
    public Schedule convert(String text) {
      try {
        return Schedule.parse(text);
      } catch (InvalidScheduleException invalid) {
        String why = invalid.getMessage();
        // The value appears once: a message that does not quote the whole value follows it.
        throw new IllegalArgumentException(
            why.contains("'" + text + "'") ? why : "is not a schedule, because " + why, invalid);
      }
    }
  }

  /** {@code 60s}. */
  public static final class HangTimeConverter implements Converter<Duration> {
    private static final long serialVersionUID = 1L;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Override
    public Duration convert(String text) {
      Duration duration;
      try {
        duration = GoDuration.parse(text);
      } catch (IllegalArgumentException notADuration) {
        duration = Duration.ZERO;
      }
      if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "is not a duration from 1ms to 10m; use Go syntax such as 500ms or 60s");
      }
      return duration;
    }
  }

  /** {@code on} or {@code off}. */
  public static final class ControlConverter implements Converter<ProbeConfig.Control> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProbeConfig.Control convert(String text) {
      return switch (text) {
        case "on" -> ProbeConfig.Control.ON;
        case "off" -> ProbeConfig.Control.OFF;
        default -> throw new IllegalArgumentException("is not a valid value; use on or off");
      };
    }
  }
}
