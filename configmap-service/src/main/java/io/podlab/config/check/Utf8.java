package io.podlab.config.check;

/** Lengths as Go counts them. */
final class Utf8 {
  private Utf8() {}

  /** Bytes, without making them; of a surrogate pair, of which each half is two. */
  static long length(CharSequence text) {
    return text.chars()
        .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
        .sum();
  }
}
