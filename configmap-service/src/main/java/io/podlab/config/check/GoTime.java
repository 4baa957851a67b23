package io.podlab.config.check;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as {@code time.Parse} of Go takes them. */
final class GoTime {
  private static final String RFC3339 = "2006-01-02T15:04:05Z07:00";
  private static final String ZONE = "(?:Z|[-+][0-9]{2}:[0-9]{2})";

  private static final Pattern JSON =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,][0-9]+)?"
              + ZONE);

  private static final String YAML_DATE = "([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})";
  private static final String YAML_TIME =
      "([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]{1,9})?";

  /** {@code allowedTimestampFormats} of go-yaml. */
  private static final List<Pattern> YAML =
      List.of(
          Pattern.compile(YAML_DATE + "[Tt]" + YAML_TIME + ZONE),
          Pattern.compile(YAML_DATE + " " + YAML_TIME),
          Pattern.compile(YAML_DATE));

  private GoTime() {}

  /** Why it is no time in JSON, in Go's words. */
  static Optional<String> invalid(String text) {
    Matcher matcher = JSON.matcher(text);
    return matcher.matches()
        ? outOfRange(matcher).map(part -> ": " + part + " out of range")
        : Optional.of(" as \"" + RFC3339 + "\"");
  }

  static boolean isTimestamp(String yaml) {
    return YAML.stream()
        .map(pattern -> pattern.matcher(yaml))
        .anyMatch(matcher -> matcher.matches() && outOfRange(matcher).isEmpty());
  }

  private static Optional<String> outOfRange(Matcher time) {
    int month = number(time, 2);
    if (month < 1 || month > 12) {
      return Optional.of("month");
    }
    if (time.groupCount() > 3) {
      if (number(time, 4) > 23) {
        return Optional.of("hour");
      }
      if (number(time, 5) > 59) {
        return Optional.of("minute");
      }
      if (number(time, 6) > 59) {
        return Optional.of("second");
      }
    }
    return YearMonth.of(number(time, 1), month).isValidDay(number(time, 3))
        ? Optional.empty()
        : Optional.of("day");
  }

  private static int number(Matcher time, int group) {
    return Integer.parseInt(time.group(group));
  }
}
