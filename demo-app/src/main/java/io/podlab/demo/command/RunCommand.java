package io.podlab.demo.command;

import io.podlab.kit.duration.GoDuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A process that exits with a given code after a given time: for lessons on restart policies and
 * Jobs.
 */
@Command(
    name = "run",
    description =
        "Run for a while, then exit with a code. SIGTERM ends it immediately, with exit code 143.",
    footer = {"", "For example:", "  demo-app run --for 30s --exit 1"})
final class RunCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int HIGHEST_CODE = 255;

  @Spec private CommandSpec command;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Duration, 0s to 24h. Default: until SIGTERM.")
  private Duration time;

  @Option(
      names = "--exit",
      paramLabel = "CODE",
      defaultValue = "0",
      description = "Exit code, 0 to 255. Default: ${DEFAULT-VALUE}.")
  private int exitCode;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    if (exitCode < 0 || exitCode > HIGHEST_CODE) {
      throw Commands.invalid(
          command, "--exit", "'%d' is out of range; use 0 to %d".formatted(exitCode, HIGHEST_CODE));
    }
    PrintWriter out = command.commandLine().getOut();
    if (time == null) {
      out.println("running until SIGTERM");
      new CountDownLatch(1).await();
    } else {
      Commands.requireBetween(command, "--for", time, Duration.ZERO, LONGEST);
      out.printf("running for %s, then exiting with code %d%n", GoDuration.format(time), exitCode);
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
    out.printf("exiting with code %d%n", exitCode);
    return exitCode;
  }
}
