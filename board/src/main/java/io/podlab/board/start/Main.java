package io.podlab.board.start;

import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Everything is set by {@code LAB_…} variables. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    Start.run(arguments);
  }
}
