package io.podlab.board.picture;

import io.podlab.kit.text.Printable;
import java.util.Locale;

/** Writes SVG and escapes attribute values and text. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /**
   * @param attributes alternating names and values
   */
  Svg open(String name, Object... attributes) {
    tag(name, attributes);
    text.append('>');
    return this;
  }

  Svg close(String name) {
    text.append("</").append(name).append(">\n");
    return this;
  }

  Svg empty(String name, Object... attributes) {
    tag(name, attributes);
    text.append("/>\n");
    return this;
  }

  Svg text(String content) {
    text.append(escaped(content));
    return this;
  }

  /** Appends trusted SVG or CSS without escaping. */
  Svg part(String svg) {
    text.append(svg);
    return this;
  }

  private void tag(String name, Object... attributes) {
    text.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(
          value instanceof Double number
              ? number(number)
              : escaped(String.valueOf(value)).replace("\"", "&quot;"));
      text.append('"');
    }
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
  }

  /** Also replaces control characters and lone surrogates, which XML does not allow. */
  private static String escaped(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("[\\uFFFE\\uFFFF]", "\uFFFD");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
