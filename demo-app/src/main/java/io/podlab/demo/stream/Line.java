package io.podlab.demo.stream;

import io.podlab.kit.http.PlainText;

/** One line of a stream. */
public record Line(int line, int of) implements PlainText {
  @Override
  public String plainText() {
    return "line " + line + " of " + of + "\n";
  }
}
