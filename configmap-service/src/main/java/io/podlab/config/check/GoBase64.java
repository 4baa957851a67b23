package io.podlab.config.check;

import java.util.Base64;

/** {@code base64.StdEncoding} of Go: line breaks may be in it, and its padding must. */
final class GoBase64 {
  private GoBase64() {}

  /**
   * @throws IllegalArgumentException if it is none
   */
  static byte[] decode(String text) {
    String bare = text.replaceAll("[\\r\\n]", "");
    if (bare.length() % 4 != 0) {
      throw new IllegalArgumentException();
    }
    return Base64.getDecoder().decode(bare);
  }
}
