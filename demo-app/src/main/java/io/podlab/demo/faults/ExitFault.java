package io.podlab.demo.faults;

import io.podlab.kit.http.PlainText;

/**
 * The answer of a process that exits afterwards.
 *
 * @param code exit code
 */
public record ExitFault(int code) implements PlainText {
  @Override
  public String plainText() {
    return "exiting with code " + code + "\n";
  }
}
