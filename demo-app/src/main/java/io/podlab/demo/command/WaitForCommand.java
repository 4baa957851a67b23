package io.podlab.demo.command;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.Security;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An init container that waits for what the others need. */
@Command(
    name = "wait-for",
    description = {
      "Waits until something is there, with a line for each try: an URL that answers 200 to 399, a port"
          + " that takes connections, a name that has an address.",
      "Exits with 0 when it is there, and with 1 when the time is over."
    },
    footer = {
      "",
      "For example:",
      "  demo-app wait-for http://token-service:8080/q/health/ready",
      "  demo-app wait-for tcp://database:5432 --timeout 5m --interval 2s",
      "  demo-app wait-for dns:database"
    })
final class WaitForCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration LONGEST_TRY = Duration.ofSeconds(5);

  @Spec private CommandSpec command;

  @Parameters(
      paramLabel = "TARGET",
      description = "http://…, https://…, tcp://HOST:PORT or dns:NAME")
  private Target target;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "When it gives up, from 100ms to 24h. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "The pause between two tries, from 100ms to 24h. Default: ${DEFAULT-VALUE}.")
  private Duration interval;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    Commands.requireBetween(command, "--timeout", timeout, SHORTEST, LONGEST);
    Commands.requireBetween(command, "--interval", interval, SHORTEST, LONGEST);
    // The JVM would believe for ten seconds that a name it has not found is not there.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "0");
    PrintWriter out = command.commandLine().getOut();
    long begin = System.nanoTime();
    Duration left = timeout;
    for (int tries = 1; left.compareTo(Duration.ZERO) > 0; tries++) {
      Target.Finding finding = look(left);
      Duration passed = Duration.ofNanos(System.nanoTime() - begin);
      out.println(
          Printable.line(
              "try %d: %s %s%s"
                  .formatted(
                      tries,
                      target,
                      finding.words(),
                      finding.isThere() ? ", after " + rounded(passed) : "")));
      if (finding.isThere()) {
        return ExitCode.OK;
      }
      Duration rest = timeout.minus(passed);
      TimeUnit.NANOSECONDS.sleep(shorter(interval, rest).toNanos());
      left = timeout.minusNanos(System.nanoTime() - begin);
    }
    out.println("gave up after " + GoDuration.format(timeout));
    return ExitCode.SOFTWARE;
  }

  private Target.Finding look(Duration left) throws InterruptedException {
    // A limit below a millisecond would mean none to a socket.
    Duration limit = shorter(LONGEST_TRY, left).plusMillis(1);
    try {
      return Limited.call(limit, () -> target.look(limit));
    } catch (IOException notThere) {
      return new Target.Finding(false, "is not there: " + Limited.reason(notThere));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static String rounded(Duration duration) {
    return GoDuration.format(Duration.ofMillis(duration.toMillis()));
  }
}
