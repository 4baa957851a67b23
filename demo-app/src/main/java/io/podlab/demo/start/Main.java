package io.podlab.demo.start;

import io.podlab.demo.command.Commands;
import io.podlab.demo.output.StandardOutput;
import io.podlab.kit.start.Start;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service without arguments, and a command with arguments. A command does not start any
 * part of the service.
 */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    if (arguments.length > 0) {
      System.exit(Commands.execute(arguments));
    }
    StandardOutput.install();
    Start.run();
  }
}
