package io.podlab.config.check;

import io.podlab.config.settings.Document.MalformedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scalar is to go-yaml v2, which kubectl reads YAML with ({@code resolve.go}), and what JSON
 * becomes of it ({@code sigs.k8s.io/yaml}).
 */
final class GoYaml {
  private static final String PREFIX = "tag:yaml.org,2002:";

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private static final Pattern INTEGER =
      Pattern.compile(
          "([-+]?)(?:0[xX]0*([0-9a-fA-F]{1,64})|0[bB]0*([01]{1,64})|0[oO]?0*([0-7]{1,64})"
              + "|([0-9]{1,64}))");

  /** Which go-yaml takes, though Go does not. */
  private static final Pattern SIGN_IN_BINARY = Pattern.compile("^0b([-+])");

  private static final int[] RADIX = {16, 2, 8, 10};
  private static final BigInteger MOST_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  private static final Pattern FRACTION =
      Pattern.compile("\\.[0-9](?:[0-9_]*[0-9])?(?:[eE][-+]?[0-9](?:[0-9_]*[0-9])?)?");

  private GoYaml() {}

  /** How go-yaml calls what it found, without {@code !!}. */
  private record Resolved(String type, Object value) {}

  /**
   * @param tag of the scalar; empty for none
   * @return null, a Boolean, a Long, a BigInteger beyond that, a Double, or text
   * @throws MalformedException if it is not what its tag says
   */
  static Object value(String tag, String text) throws MalformedException {
    String type = tag.startsWith(PREFIX) ? tag.substring(PREFIX.length()) : tag;
    switch (type) {
      case "binary":
        return binary(text);
      case "", "bool", "int", "float", "null", "timestamp":
        break;
      default:
        return text;
    }
    Resolved resolved = resolve(type, text);
    if (type.equals("float") && resolved.value() instanceof Long whole) {
      return whole.doubleValue();
    }
    if (!type.isEmpty() && !type.equals(resolved.type())) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: cannot decode !!%s as a !!%s"
              .formatted(resolved.type(), type));
    }
    return resolved.value();
  }

  private static Resolved resolve(String type, String text) {
    if (NULL.contains(text)) {
      return new Resolved("null", null);
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return new Resolved("bool", TRUE.contains(text));
    }
    if (NOT_FINITE.matcher(text).matches()) {
      return new Resolved(
          "float",
          text.toLowerCase(Locale.ROOT).endsWith("nan")
              ? Double.NaN
              : text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    char first = text.charAt(0);
    if (first == '.') {
      // strconv.ParseFloat itself, which takes a _ between digits.
      return FRACTION.matcher(text).matches() && !text.contains("__")
          ? number(text.replace("_", ""), text)
          : new Resolved("str", text);
    }
    if (first != '-' && first != '+' && (first < '0' || first > '9')) {
      return new Resolved("str", text);
    }
    return type.equals("timestamp") && GoTime.isTimestamp(text)
        ? new Resolved(type, text)
        : number(text.replace("_", ""), text);
  }

  private static Resolved number(String plain, String text) {
    Matcher integer = INTEGER.matcher(SIGN_IN_BINARY.matcher(plain).replaceFirst("$10b"));
    if (integer.matches()) {
      for (int i = 0; i < RADIX.length; i++) {
        String digits = integer.group(i + 2);
        boolean octal =
            RADIX[i] == 10 && digits != null && digits.length() > 1 && digits.startsWith("0");
        if (digits != null && !octal) {
          String sign = integer.group(1);
          BigInteger whole = new BigInteger(sign.equals("-") ? "-" + digits : digits, RADIX[i]);
          if (whole.bitLength() < Long.SIZE) {
            return new Resolved("int", whole.longValue());
          }
          if (sign.isEmpty() && whole.compareTo(MOST_UNSIGNED) <= 0) {
            return new Resolved("int", whole);
          }
        }
      }
    }
    if (FLOAT.matcher(plain).matches()) {
      double value = Double.parseDouble(plain);
      if (!Double.isInfinite(value)) {
        return new Resolved("float", value);
      }
    }
    return new Resolved("str", text);
  }

  private static String binary(String text) throws MalformedException {
    try {
      return new String(GoBase64.decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: !!binary value contains invalid base64 data");
    }
  }

  /**
   * The name of a key in JSON.
   *
   * @throws MalformedException if no JSON can have such a key
   */
  static String key(Object value) throws MalformedException {
    if (value == null || value instanceof BigInteger) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: Unsupported map key: " + value);
    }
    return value instanceof Double number ? shortest(number.floatValue()) : value.toString();
  }

  /** {@code strconv.FormatFloat(value, 'g', -1, 32)}. */
  private static String shortest(float value) {
    if (!Float.isFinite(value)) {
      return Float.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = new BigDecimal(Float.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return digits.toPlainString();
    }
    String unscaled = digits.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + unscaled.charAt(0)
        + (unscaled.length() > 1 ? "." + unscaled.substring(1) : "")
        + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /**
   * The value as JSON has it, in which {@code 1e3} is {@code 1000}.
   *
   * @throws MalformedException if no JSON can have it
   */
  static Object json(Object value) throws MalformedException {
    if (!(value instanceof Double number)) {
      return value;
    }
    if (!Double.isFinite(number)) {
      throw new MalformedException(
          "it is no YAML that kubectl takes: json: unsupported value: infinite, or no number");
    }
    BigDecimal exact = new BigDecimal(number);
    if (exact.stripTrailingZeros().scale() > 0 || Math.abs(number) >= 1e21) {
      return number;
    }
    BigInteger whole = exact.toBigInteger();
    return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
  }
}
