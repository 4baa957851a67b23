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
      "Prints what the services on this machine have logged since they were last started.",
      "",
      "The log of the run before is kept as $XDG_STATE_HOME/podlab/log/<service>.log.1."
    },
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed",
      "1:there is no log yet",
      "2:the command line is invalid, or there is no such service"
    })
public final class LogsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "demo-app, probe-target, token-service, configmap-service or board (all).")
  private List<String> services = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is added, until Ctrl-C.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "LINES",
      description = "Only the last so many lines of each log (all).")
  private Integer lines;

  @Override
  public Integer call() throws Exception {
    if (lines != null && lines < 0) {
      throw new ParameterException(spec.commandLine(), "-n takes 0 or more, not " + lines);
    }
    LocalLab.here(Console.system()).logs(services, lines == null ? Logs.Reader.ALL : lines, follow);
    return 0;
  }
}
