package io.podlab.board.start;

import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the board; {@code LAB_…} variables configure it. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    Start.run(arguments);
  }
}
