package io.podlab.demo.faults;

import io.podlab.kit.http.PlainText;

/**
 * The last answer of a process.
 *
 * @param code that it exits with
 */
public record ExitFault(int code) implements PlainText {
  @Override
  public String plainText() {
    return "exits with code " + code + "\n";
  }
}
