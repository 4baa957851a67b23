package io.podlab.lab.local;

import io.podlab.lab.console.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lab logs}. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the logs of the services on this machine, since their last start.",
      "",
      "The log of the run before that is $XDG_STATE_HOME/podlab/log/<service>.log.1. The default of"
          + " $XDG_STATE_HOME is ~/.local/state."
    },
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:no log exists yet",
      "2:the command line is invalid, or a service does not exist"
    })
public final class LogsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description =
          "demo-app, probe-target, token-service, configmap-service or board (default: all).")
  private List<String> services = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Follow the logs until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "LINES",
      description = "Print only the last LINES lines of each log (default: all).")
  private Integer lines;

  @Override
  public Integer call() throws Exception {
    if (lines != null && lines < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--lines is invalid: '" + lines + "' is negative; use 0 or a greater number");
    }
    LocalLab.here(Console.system()).logs(services, lines == null ? Logs.Reader.ALL : lines, follow);
    return 0;
  }
}
