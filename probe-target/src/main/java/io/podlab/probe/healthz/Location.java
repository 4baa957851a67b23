package io.podlab.probe.healthz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Where a redirect leads, by the rules of Go's {@code http.Redirect} for a request to the root. */
final class Location {
  private static final Pattern WITH_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  private Location() {}

  static String of(String place) {
    return ascii(
        place.startsWith("//") || WITH_SCHEME.matcher(place).matches() ? place : clean(place));
  }

  /** Go's {@code path.Clean} of all before the query, from the root. */
  private static String clean(String place) {
    int question = place.indexOf('?');
    String path = question < 0 ? place : place.substring(0, question);
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    String cleaned = "/" + String.join("/", parts);
    return cleaned
        + (path.endsWith("/") && !parts.isEmpty() ? "/" : "")
        + (question < 0 ? "" : place.substring(question));
  }

  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      if (one >= 0) {
        ascii.append((char) one);
      } else {
        ascii.append('%').append(HexFormat.of().toHexDigits(one));
      }
    }
    return ascii.toString();
  }
}
