package io.podlab.lab.local;

import io.podlab.lab.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lab status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows whether the services on this machine are running and ready.",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all services are running and ready",
      "1:a service is not running or not ready",
      "2:the command line is invalid"
    })
public final class StatusCommand implements Callable<Integer> {
  @Option(
      names = "--json",
      description = "Print a JSON array: service, state, pid, uptimeSeconds, address.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return LocalLab.here(Console.system()).status(json) ? 0 : 1;
  }
}
