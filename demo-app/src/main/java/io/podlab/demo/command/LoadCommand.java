package io.podlab.demo.command;

import io.podlab.demo.load.Load;
import io.podlab.demo.load.LoadPlan;
import io.podlab.demo.load.LoadTarget;
import io.podlab.kit.signal.Signals;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * An HTTP client that runs in the cluster, because a student's machine cannot reach pods and
 * Services.
 */
@Command(
    name = "load",
    description = {
      "Send requests at a steady rate and print which pods answer: the number of answers per pod,"
          + " with the time of the first and the last, and the number of failures per reason.",
      "A request fails if the answer takes longer than 5 s or has a status of 400 or more. No"
          + " request is sent again. A slow answer does not delay other requests, except with"
          + " --keep-alive: then a request waits up to 5 s for one of the 4 connections. At most"
          + " 500 requests are in flight; further ones are not sent, but counted.",
      "SIGTERM and Ctrl-C end the command early, with the summary. Exit codes: 0 if all requests"
          + " were sent and answered, 1 if not, 2 if an argument is invalid."
    },
    footer = {
      "",
      "For example:",
      "  kubectl exec POD -- demo-app load http://demo:8080 --for 1m --rate 50",
      "  kubectl exec POD -- demo-app load http://demo:8080 --keep-alive",
      "",
      "Or in a separate pod, unless the namespace enforces the restricted Pod Security Standard:",
      "  kubectl run client --image=podlab/demo-app:TAG --restart=Never \\",
      "    -- load http://demo:8080"
    })
final class LoadCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(paramLabel = "URL", description = "http://HOST[:PORT][/PATH]")
  private LoadTarget target;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "Duration, 100ms to 1h. Default: ${DEFAULT-VALUE}.")
  private Duration time;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests per second, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private String rate;

  @Option(
      names = "--keep-alive",
      description =
          "Send all requests over 4 open connections, as browsers and connection pools do."
              + " Default: a new connection for each request.")
  private boolean keepAlive;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    Commands.requireBetween(command, "--for", time, LoadPlan.SHORTEST, LoadPlan.LONGEST);
    Load load =
        new Load(
            new LoadPlan(target, time, parsedRate(), keepAlive),
            command.commandLine().getOut(),
            Clock.systemUTC());
    AtomicBoolean stopping = new AtomicBoolean();
    Signals.onStop(
        (signal, exitCode) -> {
          if (stopping.getAndSet(true)) {
            Runtime.getRuntime().halt(exitCode);
          }
          load.stop();
        });
    return load.run() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int parsedRate() {
    try {
      int number = Integer.parseInt(rate);
      if (number >= LoadPlan.LOWEST_RATE && number <= LoadPlan.HIGHEST_RATE) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below.
    }
    throw Commands.invalid(
        command,
        "--rate",
        "'%s' is not a valid rate; use %d to %d"
            .formatted(rate, LoadPlan.LOWEST_RATE, LoadPlan.HIGHEST_RATE));
  }
}
