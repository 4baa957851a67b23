package io.podlab.probe.control;

import java.util.Locale;

/** Formats durations for people. */
final class HumanDuration {
  private static final double NANOS_OF_SECOND = 1e9;
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  private HumanDuration() {}

  /** {@code 0.350s}, {@code 12.3s}, {@code 2m05s}, {@code 3h07m}. */
  static String of(long nanos) {
    double seconds = nanos / NANOS_OF_SECOND;
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3fs", seconds);
    }
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1fs", seconds);
    }
    long whole = (long) seconds;
    return whole < HOUR
        ? String.format(Locale.ROOT, "%dm%02ds", whole / MINUTE, whole % MINUTE)
        : String.format(Locale.ROOT, "%dh%02dm", whole / HOUR, whole % HOUR / MINUTE);
  }

  static double seconds(long nanos) {
    return nanos / NANOS_OF_SECOND;
  }
}
