package io.podlab.lab;

import io.podlab.lab.console.Console;
import io.podlab.lab.image.ImagesCommand;
import io.podlab.lab.killercoda.LessonsCommand;
import io.podlab.lab.lesson.PlayCommand;
import io.podlab.lab.local.BoardCommand;
import io.podlab.lab.local.DownCommand;
import io.podlab.lab.local.LogsCommand;
import io.podlab.lab.local.StatusCommand;
import io.podlab.lab.local.UpCommand;
import io.podlab.lab.manifest.ManifestsCommand;
import io.podlab.lab.sbom.ThirdPartyCommand;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code deploy/lab} command line. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    versionProvider = Lab.Version.class,
    description = {
      "Runs Podlab: services for teaching Kubernetes, and lessons that you play on a cluster.",
      "",
      "`lab up` starts the services on this machine. `lab play` plays a lesson on your cluster."
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      BoardCommand.class,
      PlayCommand.class,
      LessonsCommand.class,
      ImagesCommand.class,
      ManifestsCommand.class,
      ThirdPartyCommand.class,
      HelpCommand.class
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed",
      "2:the command line is invalid",
      "3:a requirement is missing: a tool, a container engine or a cluster",
      "4:a conflict on this machine: a port is in use, or the lab is already running"
    })
public final class Lab implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Prints the help when no subcommand is given. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return Failure.USAGE;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(Console.system()).execute(arguments));
  }

  static CommandLine commandLine(Console console) {
    CommandLine commandLine = new CommandLine(new Lab());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.color() ? Ansi.ON : Ansi.OFF));
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          if (exception instanceof Failure failure) {
            console.say(failure.getMessage());
            return failure.exitCode();
          }
          if (exception instanceof FileSystemException file) {
            console.say("cannot access " + file.getFile() + ": " + Failure.reason(file));
            return Failure.FAILED;
          }
          throw exception;
        });
    setVersion(commandLine);
    commandLine.setParameterExceptionHandler(
        (exception, arguments) -> {
          console.say(UsageLine.of(exception));
          return Failure.USAGE;
        });
    return commandLine;
  }

  private static void setVersion(CommandLine commandLine) {
    for (CommandLine subcommand : commandLine.getSubcommands().values()) {
      subcommand.getCommandSpec().versionProvider(new Version());
      setVersion(subcommand);
    }
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"lab " + Lab.class.getPackage().getImplementationVersion()};
    }
  }
}
