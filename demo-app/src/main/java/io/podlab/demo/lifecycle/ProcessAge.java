package io.podlab.demo.lifecycle;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The age of this process. The JVM reports only the time since its own start: before that the same
 * process opened the port and ran the loader, which takes time on a busy machine. {@link
 * ProcessHandle} has a resolution of only one second.
 *
 * <p>In the image, this process is a child of {@code deploy/images/init.c}, which forks it
 * immediately after the container runtime has executed it.
 */
final class ProcessAge {
  /** The unit of {@code /proc/<pid>/stat}; the same on all current Linux machines. */
  private static final long TICKS_A_SECOND = 100;

  /** Fields 4 and 22 of proc(5), counted from the state, which is field 3. */
  private static final int PARENT = 4 - 3;

  private static final int START_TIME = 22 - 3;

  /** Start of {@code /proc/<pid>/stat} of the image's init as process 1. */
  private static final String INIT = "1 (podlab-init) ";

  /** Largest plausible time before the JVM. Some containers show a wrong time since boot. */
  private static final Duration MOST_BEFORE_THE_JVM = Duration.ofMinutes(5);

  private ProcessAge() {}

  static Duration current() {
    Duration jvm = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    return fromProc()
        .filter(age -> age.compareTo(jvm) > 0)
        .filter(age -> age.minus(jvm).compareTo(MOST_BEFORE_THE_JVM) < 0)
        .orElse(jvm);
  }

  /**
   * The time from the creation of the container's first process until our program ran: the work of
   * the container runtime, and of a shell that ran before. Empty unless the image's init is process
   * 1.
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

  private static Optional<Duration> fromProc() {
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
   * @param stat {@code /proc/<pid>/stat}; the process name in it can contain any character
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
