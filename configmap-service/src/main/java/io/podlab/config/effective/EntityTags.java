package io.podlab.config.effective;

import java.util.regex.Pattern;

/** {@code ETag} and {@code If-None-Match} (RFC 9110, 8.8.3 and 13.1.2). */
final class EntityTags {
  private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*");

  private EntityTags() {}

  /** A weak tag, because text and JSON share it. */
  static String of(String revision) {
    return "W/\"" + revision + '"';
  }

  /**
   * Compares weakly.
   *
   * @param ifNoneMatch the value of the header, or null
   */
  static boolean match(String ifNoneMatch, String revision) {
    if (ifNoneMatch == null) {
      return false;
    }
    String strong = '"' + revision + '"';
    return SEPARATOR
        .splitAsStream(ifNoneMatch.strip())
        .anyMatch(tag -> tag.equals("*") || tag.equals(strong) || tag.equals("W/" + strong));
  }
}
