package io.podlab.demo.lifecycle;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long ago this process began. The JVM knows only since when it is a JVM: before that the
 * program that listens for it has run in the same process, and a loader on a machine that may be
 * busy. {@link ProcessHandle} knows the process, but to the second.
 */
final class ProcessAge {
  /** The unit of {@code /proc/<pid>/stat}; the same on all machines that Linux runs on today. */
  private static final long TICKS_A_SECOND = 100;

  /** Field 22 of proc(5), counted from the state, which is field 3 and follows the name. */
  private static final int START_TIME = 22 - 3;

  /** What the two clocks may differ by where a container is told another time since boot. */
  private static final Duration MOST_BEFORE_THE_JVM = Duration.ofMinutes(5);

  private ProcessAge() {}

  static Duration current() {
    Duration jvm = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    return told()
        .filter(age -> age.compareTo(jvm) > 0)
        .filter(age -> age.minus(jvm).compareTo(MOST_BEFORE_THE_JVM) < 0)
        .orElse(jvm);
  }

  private static Optional<Duration> told() {
    try {
      return Optional.of(
          of(
              Files.readString(Path.of("/proc/self/stat")),
              Files.readString(Path.of("/proc/uptime"))));
    } catch (IOException | RuntimeException notLinux) {
      return Optional.empty();
    }
  }

  /**
   * @param stat {@code /proc/<pid>/stat}; the name in it may hold anything
   * @param uptime {@code /proc/uptime}
   */
  static Duration of(String stat, String uptime) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long startMillis = Long.parseLong(fields[START_TIME]) * 1000 / TICKS_A_SECOND;
    double sinceBoot = Double.parseDouble(uptime.split(" ")[0]);
    return Duration.ofMillis(Math.round(sinceBoot * 1000) - startMillis);
  }
}
