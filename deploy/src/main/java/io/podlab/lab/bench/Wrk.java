package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator, and how its report is read. */
record Wrk(Path program) {
  static final int CONNECTIONS = 32;

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s|m)\\b");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

  /**
   * What wrk saw.
   *
   * @param unsuccessful answers that were neither 2xx nor 3xx; they count in the rate
   */
  record Load(double requestsPerSecond, double p99Millis, long unsuccessful) {}

  Command command(URI url, Duration duration) {
    return Command.of(
        program.toString(),
        "-t1",
        "-c" + CONNECTIONS,
        "-d" + Math.max(1, duration.toSeconds()) + "s",
        "--latency",
        url.toString());
  }

  /**
   * @throws Failure (failed) if this is no report
   */
  static Load parse(String report) {
    Matcher rate = RATE.matcher(report);
    Matcher p99 = P99.matcher(report);
    if (!rate.find() || !p99.find()) {
      throw Failure.failed("wrk's report is not understood:\n" + report);
    }
    double unit =
        switch (p99.group(2)) {
          case "us" -> 0.001;
          case "ms" -> 1;
          case "s" -> 1000;
          default -> 60_000;
        };
    Matcher refused = REFUSED.matcher(report);
    return new Load(
        Double.parseDouble(rate.group(1)),
        Double.parseDouble(p99.group(1)) * unit,
        refused.find() ? Long.parseLong(refused.group(1)) : 0);
  }
}
