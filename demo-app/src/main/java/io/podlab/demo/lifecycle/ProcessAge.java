package io.podlab.demo.lifecycle;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How long ago this process began. The JVM knows only since when it is a JVM: before that the port
 * was opened in the same process, and a loader has run on a machine that may be busy. {@link
 * ProcessHandle} knows the process, but to the second.
 *
 * <p>In the image it is a child of {@code deploy/images/init.c}, which forks it as soon as the
 * container runtime has executed it.
 */
final class ProcessAge {
  /** The unit of {@code /proc/<pid>/stat}; the same on all machines that Linux runs on today. */
  private static final long TICKS_A_SECOND = 100;

  /** Fields 4 and 22 of proc(5), counted from the state, which is field 3 and follows the name. */
  private static final int PARENT = 4 - 3;

  private static final int START_TIME = 22 - 3;

  /** How {@code /proc/<pid>/stat} begins for the image's init, if it is process 1. */
  private static final String INIT = "1 (podlab-init) ";

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

  /**
   * How long it took from the creation of the container's first process until our program ran
   * there: the container runtime's share, and that of a shell that ran before; empty unless the
   * image's init is process 1.
   */
  static Optional<Duration> ofTheContainerRuntime() {
    try {
      String self = Files.readString(Path.of("/proc/self/stat"));
      return ofTheContainerRuntime(
          Files.readString(Path.of("/proc", fields(self)[PARENT], "stat")), self);
    } catch (IOException | RuntimeException notLinux) {
      return Optional.empty();
    }
  }

  static Optional<Duration> ofTheContainerRuntime(String parentStat, String stat) {
    return parentStat.startsWith(INIT)
        ? Optional.of(Duration.ofMillis(startMillis(stat) - startMillis(parentStat)))
        : Optional.empty();
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
    double sinceBoot = Double.parseDouble(uptime.split(" ")[0]);
    return Duration.ofMillis(Math.round(sinceBoot * 1000) - startMillis(stat));
  }

  private static long startMillis(String stat) {
    return Long.parseLong(fields(stat)[START_TIME]) * 1000 / TICKS_A_SECOND;
  }

  private static String[] fields(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }
}
