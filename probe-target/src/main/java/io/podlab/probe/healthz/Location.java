package io.podlab.probe.healthz;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Where a redirect leads, by the rules of Go's {@code http.Redirect} for a request to the root. */
final class Location {
  private static final Pattern WITH_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  private Location() {}

  static String of(String place) {
    boolean whole = place.startsWith("/") || WITH_SCHEME.matcher(place).matches();
    return ascii(whole ? place : "/" + place);
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
