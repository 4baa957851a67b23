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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A client in the cluster, since a student's machine cannot reach pods and Services. */
@Command(
    name = "load",
    description = {
      "Sends requests at a steady rate, and prints which pods answer them: how many each, from when to"
          + " when, and how many failed and why.",
      "An answer that takes longer than 5 s has failed, and so has a status of 400 or more. No request is"
          + " sent twice. A slow answer does not delay other requests. With --keep-alive it does: a request"
          + " waits up to 5 s until one of the 4 connections is free. At most 500 requests are under way at"
          + " once; what is not sent is counted.",
      "SIGTERM and Ctrl-C end it early, with the summary. Exits with 0 if all requests were sent and"
          + " answered, with 1 if not, and with 2 if an argument is invalid."
    },
    footer = {
      "",
      "For example:",
      "  kubectl exec POD -- demo-app load http://demo:8080 --for 1m --rate 50",
      "  kubectl exec POD -- demo-app load http://demo:8080 --keep-alive",
      "",
      "Or in a pod of its own, which a namespace with the restricted Pod Security Standard refuses:",
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
      description = "How long, from 100ms to 1h. Default: ${DEFAULT-VALUE}.")
  private Duration time;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests per second, from 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private String rate;

  @Option(
      names = "--keep-alive",
      description =
          "Sends all requests over 4 connections that stay open, as browsers and connection pools do."
              + " Default: a new connection for each request.")
  private boolean keepAlive;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
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
      // Below.
    }
    throw new ParameterException(
        command.commandLine(),
        "--rate is invalid: use %d to %d, got '%s'"
            .formatted(LoadPlan.LOWEST_RATE, LoadPlan.HIGHEST_RATE, rate));
  }
}
