package io.podlab.kit.duration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses and formats durations as the Kubernetes tools do: Go's {@code time.ParseDuration}, with
 * its error messages, and {@code Duration.String}.
 */
public final class GoDuration {
  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L, // U+00B5, micro sign
          "μs", 1_000L, // U+03BC, Greek mu
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final Pattern PART =
      Pattern.compile("(?<number>\\d*(?:\\.\\d*)?)(?<unit>[^\\d.]*)", Pattern.DOTALL);
  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Long enough for every real duration; bounds the work for untrusted text. */
  private static final int MOST_CHARACTERS = 100;

  private static final int NANOSECOND_DIGITS = 9;

  private GoDuration() {}

  /**
   * @throws IllegalArgumentException with Go's message, for example {@code time: unknown unit "d"
   *     in duration "1d"}
   */
  public static Duration parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("time: a duration has at most 100 characters");
    }
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      throw invalid(text);
    }
    BigInteger nanoseconds = BigInteger.ZERO;
    Matcher part = PART.matcher(rest);
    for (int at = 0; at < rest.length(); at = part.end()) {
      if (!part.find(at) || part.start() != at) {
        throw invalid(text);
      }
      String number = part.group("number");
      String unit = part.group("unit");
      if (number.isEmpty() || number.equals(".")) {
        throw invalid(text);
      }
      if (unit.isEmpty()) {
        throw new IllegalArgumentException("time: missing unit in duration " + quoted(text));
      }
      Long length = NANOSECONDS.get(unit);
      if (length == null) {
        throw new IllegalArgumentException(
            "time: unknown unit " + quoted(unit) + " in duration " + quoted(text));
      }
      BigDecimal value = new BigDecimal(number.startsWith(".") ? "0" + number : number);
      nanoseconds = nanoseconds.add(value.multiply(BigDecimal.valueOf(length)).toBigInteger());
      if (nanoseconds.compareTo(LONGEST) > 0) {
        throw invalid(text);
      }
    }
    return Duration.ofNanos(negative ? -nanoseconds.longValue() : nanoseconds.longValue());
  }

  /**
   * Formats as Go does, without trailing zeros: {@code 1h0m5s}, {@code 1m2.5s}, {@code
   * 492.498996ms}, {@code 0s}.
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), NANOSECOND_DIGITS));
    if (duration.isZero() || duration.getSeconds() > 0) {
      long minutes = duration.toMinutes();
      String hours = minutes >= 60 ? minutes / 60 + "h" : "";
      String rest = minutes > 0 ? minutes % 60 + "m" : "";
      return hours + rest + plain(seconds.subtract(BigDecimal.valueOf(60 * minutes))) + "s";
    }
    if (duration.toMillis() > 0) {
      return plain(seconds.movePointRight(3)) + "ms";
    }
    return duration.getNano() >= 1000
        ? plain(seconds.movePointRight(6)) + "µs"
        : duration.getNano() + "ns";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration " + quoted(text));
  }

  /** Escapes non-ASCII and control characters byte by byte (UTF-8), as Go's package time does. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      if (each < ' ') { // bytes over 127 are negative
        quoted.append("\\x").append(HexFormat.of().toHexDigits(each));
      } else if (each == '"' || each == '\\') {
        quoted.append('\\').append((char) each);
      } else {
        quoted.append((char) each);
      }
    }
    return quoted.append('"').toString();
  }
}
