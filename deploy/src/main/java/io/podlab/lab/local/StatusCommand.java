package io.podlab.lab.local;

import io.podlab.lab.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lab status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows which of the services run on this machine.",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all run and are ready",
      "1:one of them does not run or is not ready",
      "2:the command line is invalid"
    })
public final class StatusCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      description = "As a JSON array: service, state, pid, uptimeSeconds, address.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return LocalLab.here(Console.system()).status(json) ? 0 : 1;
  }
}
