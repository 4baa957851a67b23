package io.podlab.demo.parameter;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses parameters of requests. An invalid value ends the request with 400, the name of the
 * parameter and the accepted values.
 */
public final class RequestParameter {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
  private static final Pattern SIZE = Pattern.compile("(?<number>\\d{1,12})(?<unit>Ki|Mi|Gi|)");
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "Ki", 1L << 10, "Mi", 1L << 20, "Gi", 1L << 30);
  private static final int MOST_REPEATED = 100;
  private static final String GO_SYNTAX = "Go syntax such as 500ms, 20s or 1m30s";

  private RequestParameter() {}

  /** A duration in Go syntax, for example {@code 1m30s}. */
  public static Duration duration(String name, String text, Duration least, Duration most) {
    return inRange(name, text, parsed(name, text, GO_SYNTAX), least, most);
  }

  /** A duration in Go syntax, or whole seconds without a unit, for example {@code 10}. */
  public static Duration durationOrSeconds(
      String name, String text, Duration least, Duration most) {
    Duration duration =
        INTEGER.matcher(text).matches()
            ? Duration.ofSeconds(Long.parseLong(text))
            : parsed(name, text, "whole seconds such as 20, or " + GO_SYNTAX);
    return inRange(name, text, duration, least, most);
  }

  private static Duration parsed(String name, String text, String accepted) {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw refused(name, text, "is not a duration", accepted);
    }
  }

  private static Duration inRange(
      String name, String text, Duration duration, Duration least, Duration most) {
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw outOfRange(name, text, GoDuration.format(least), GoDuration.format(most));
    }
    return duration;
  }

  public static int integer(String name, String text, int least, int most) {
    if (!INTEGER.matcher(text).matches()) {
      throw refused(name, text, "is not an integer", "%d to %d".formatted(least, most));
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw outOfRange(name, text, Integer.toString(least), Integer.toString(most));
    }
    return number;
  }

  /** A number above 0 and up to 1. */
  public static double share(String name, String text) {
    String accepted = "a number above 0 and up to 1, such as 0.2";
    if (!DECIMAL.matcher(text).matches()) {
      throw refused(name, text, "is not a number", accepted);
    }
    BigDecimal number = new BigDecimal(text);
    if (number.signum() == 0 || number.compareTo(BigDecimal.ONE) > 0) {
      throw refused(name, text, "is out of range", accepted);
    }
    return number.doubleValue();
  }

  /** A number of bytes as a Kubernetes quantity, for example {@code 200Mi}. */
  public static long size(String name, String text, long least, long most) {
    Matcher form = SIZE.matcher(text);
    if (!form.matches()) {
      throw refused(name, text, "is not a valid size", "Ki, Mi or Gi, such as 200Mi");
    }
    BigInteger bytes =
        new BigInteger(form.group("number"))
            .multiply(BigInteger.valueOf(BYTES.get(form.group("unit"))));
    if (bytes.compareTo(BigInteger.valueOf(least)) < 0
        || bytes.compareTo(BigInteger.valueOf(most)) > 0) {
      throw outOfRange(name, text, size(least), size(most));
    }
    return bytes.longValueExact();
  }

  /**
   * Writes a number of bytes in the largest unit without a remainder, for example {@code 200Mi}.
   */
  public static String size(long bytes) {
    for (String unit : new String[] {"Gi", "Mi", "Ki"}) {
      if (bytes > 0 && bytes % BYTES.get(unit) == 0) {
        return bytes / BYTES.get(unit) + unit;
      }
    }
    return Long.toString(bytes);
  }

  private static ProblemException outOfRange(String name, String text, String from, String to) {
    return refused(name, text, "is out of range", from + " to " + to);
  }

  /**
   * The 400 for a parameter.
   *
   * @param why rest of the sentence after the quoted value, such as {@code is out of range}
   */
  public static ProblemException refused(String name, String text, String why, String accepted) {
    return new ProblemException(
        Problem.badField(name, "'" + Printable.line(text, MOST_REPEATED) + "' " + why, accepted));
  }
}
