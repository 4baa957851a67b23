package io.podlab.demo.start;

import io.podlab.demo.command.Commands;
import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Without arguments the service, which is set by {@code LAB_…} variables; with arguments a command,
 * for which no part of the service is started.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0) {
      System.exit(Commands.execute(arguments));
    }
    Start.run();
  }
}
