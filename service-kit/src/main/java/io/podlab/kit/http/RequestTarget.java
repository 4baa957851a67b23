package io.podlab.kit.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes the path and query of a request (RFC 3986, section 6.2.2). {@link RequestTargetFilter}
 * applies it first, so that routing, metrics, logs and access control see the same path.
 *
 * <ul>
 *   <li>Consecutive slashes become one, and a trailing slash is removed.
 *   <li>{@code .} and {@code ..} are resolved, even if they are percent-encoded.
 *   <li>Percent-encoded letters, digits and {@code - . _ ~} are decoded. All other percent-encoded
 *       characters stay encoded, so {@code %2F} never separates segments.
 *   <li>Characters that browsers and people send unencoded are encoded: {@code " < > \ ^ ` { | } [
 *       ] #}, characters outside ASCII, a {@code %} without two hex digits, and {@code ;} in a
 *       path.
 * </ul>
 */
public final class RequestTarget {
  private static final Pattern SCHEME_AND_HOST = Pattern.compile("(?i)https?://[^/?#]*");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String MARKS = "-._~";
  private static final boolean[] UNRESERVED = characters(MARKS);
  private static final boolean[] IN_PATH = characters(MARKS + "!$&'()*+,=:@/");
  private static final boolean[] IN_QUERY = characters(MARKS + "!$&'()*+,=:@/;?");

  private RequestTarget() {}

  private static boolean[] characters(String besidesLettersAndDigits) {
    boolean[] set = new boolean[128];
    for (char each = 0; each < set.length; each++) {
      set[each] =
          each >= 'a' && each <= 'z'
              || each >= 'A' && each <= 'Z'
              || each >= '0' && each <= '9'
              || besidesLettersAndDigits.indexOf(each) >= 0;
    }
    return set;
  }

  /**
   * The normal form of a target. Normalizing it again does not change it.
   *
   * @return empty if the target is neither a path nor an http URL
   */
  static Optional<String> normal(String target) {
    if (isPlain(target)) {
      return Optional.of(target);
    }
    String local = target;
    if (!target.startsWith("/")) {
      Matcher absolute = SCHEME_AND_HOST.matcher(target);
      if (!absolute.lookingAt()) {
        return Optional.empty();
      }
      local = target.substring(absolute.end());
    }
    int question = local.indexOf('?');
    if (question < 0) {
      return Optional.of(path(local));
    }
    StringBuilder normal = new StringBuilder(path(local.substring(0, question))).append('?');
    encode(local.substring(question + 1), IN_QUERY, normal);
    return Optional.of(normal.toString());
  }

  /** Whether the target is already normal, as almost every target is. */
  private static boolean isPlain(String target) {
    int length = target.length();
    if (length == 0 || target.charAt(0) != '/') {
      return false;
    }
    boolean[] allowed = IN_PATH;
    boolean afterSlash = false;
    for (int i = 0; i < length; i++) {
      char each = target.charAt(i);
      if (each == '?' && allowed == IN_PATH) {
        if (afterSlash && i > 1) {
          return false;
        }
        allowed = IN_QUERY;
      } else if (each >= allowed.length || !allowed[each]) {
        return false;
      } else if (allowed == IN_PATH) {
        if (afterSlash && (each == '/' || each == '.')) {
          return false;
        }
        afterSlash = each == '/';
      }
    }
    return allowed == IN_QUERY || !afterSlash || length == 1;
  }

  private static String path(String sent) {
    StringBuilder encoded = new StringBuilder(sent.length());
    encode(sent, IN_PATH, encoded);
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : encoded.toString().split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  private static void encode(String sent, boolean[] allowed, StringBuilder encoded) {
    for (int i = 0; i < sent.length(); i++) {
      char each = sent.charAt(i);
      if (each == '%' && isCode(sent, i)) {
        char code = (char) HexFormat.fromHexDigits(sent, i + 1, i + 3);
        append(code, UNRESERVED, encoded);
        i += 2;
      } else {
        append(each, allowed, encoded);
      }
    }
  }

  private static boolean isCode(String text, int percent) {
    return percent + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(percent + 1))
        && HexFormat.isHexDigit(text.charAt(percent + 2));
  }

  private static void append(char each, boolean[] asItIs, StringBuilder encoded) {
    if (each < asItIs.length && asItIs[each]) {
      encoded.append(each);
    } else {
      encoded.append('%').append(HEX.toHexDigits((byte) each));
    }
  }
}
