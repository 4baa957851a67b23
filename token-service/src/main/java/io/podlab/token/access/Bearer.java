package io.podlab.token.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Authorization} header (RFC 6750, section 2.1). */
final class Bearer {
  /** Tokens of identity providers with many groups have some kilobytes. */
  static final int LONGEST = 8 * 1024;

  private static final Pattern FORM = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

  private Bearer() {}

  /** The token; empty if there is none, more than one, or something else. */
  static Optional<String> of(List<String> headers) {
    if (headers == null || headers.size() != 1 || headers.get(0).length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(headers.get(0));
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
