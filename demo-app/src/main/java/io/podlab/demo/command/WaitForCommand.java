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

/** Waits for a dependency: for an init container. */
@Command(
    name = "wait-for",
    description = {
      "Wait until a URL answers 200 to 399, a port accepts connections or a name has an address."
          + " Prints one line per try.",
      "Exit codes: 0 when the target is available, 1 at the time limit, 2 if an argument is"
          + " invalid."
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
      description = "Time limit, 100ms to 24h. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "Pause between two tries, 100ms to 24h. Default: ${DEFAULT-VALUE}.")
  private Duration interval;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    Commands.requireBetween(command, "--timeout", timeout, SHORTEST, LONGEST);
    Commands.requireBetween(command, "--interval", interval, SHORTEST, LONGEST);
    // By default the JVM caches a failed lookup for ten seconds.
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    Security.setProperty("networkaddress.cache.ttl", "0");
    PrintWriter out = command.commandLine().getOut();
    long begin = System.nanoTime();
    Duration left = timeout;
    for (int tries = 1; left.compareTo(Duration.ZERO) > 0; tries++) {
      Target.Finding finding = check(left);
      Duration passed = Duration.ofNanos(System.nanoTime() - begin);
      out.println(
          Printable.line(
              "try %d: %s %s%s"
                  .formatted(
                      tries,
                      target,
                      finding.detail(),
                      finding.available() ? " after " + rounded(passed) : "")));
      if (finding.available()) {
        return ExitCode.OK;
      }
      Duration rest = timeout.minus(passed);
      TimeUnit.NANOSECONDS.sleep(shorter(interval, rest).toNanos());
      left = timeout.minusNanos(System.nanoTime() - begin);
    }
    out.println("gave up after " + GoDuration.format(timeout));
    return ExitCode.SOFTWARE;
  }

  private Target.Finding check(Duration left) throws InterruptedException {
    // A socket treats a limit of 0 ms as no limit.
    Duration limit = shorter(LONGEST_TRY, left).plusMillis(1);
    try {
      return TimeLimit.call(limit, () -> target.check(limit));
    } catch (IOException unavailable) {
      return new Target.Finding(false, "is not available: " + TimeLimit.reason(unavailable));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static String rounded(Duration duration) {
    return GoDuration.format(Duration.ofMillis(duration.toMillis()));
  }
}
