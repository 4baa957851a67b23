package io.podlab.lab.killercoda;

import io.podlab.lab.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lab lessons}. */
@Command(
    name = "lessons",
    mixinStandardHelpOptions = true,
    description = "Exports the lessons. `lab play` lists and plays them.",
    subcommands = ExportCommand.class,
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:the command failed", "2:the command line is invalid"})
public final class LessonsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Prints the help when no subcommand is given. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return Failure.USAGE;
  }
}
