package io.podlab.lab.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that the lab started. The start time is part of its identity, so that the lab never
 * kills another process that later got the same pid.
 */
record StartedProcess(String title, long pid, Instant since) {
  /** Linux counts from the boot time, and two JVMs may compute slightly different times. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static StartedProcess of(String title, ProcessHandle process) {
    return new StartedProcess(
        title, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process; empty if it has ended. */
  @JsonIgnore
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> isThis(process.info().startInstant()))
        .filter(process -> !isZombie(pid));
  }

  @JsonIgnore
  boolean isAlive() {
    return process().isPresent();
  }

  boolean isThis(Optional<Instant> start) {
    return start.isPresent()
        && Duration.between(since, start.get()).abs().compareTo(TOLERANCE) <= 0;
  }

  /**
   * A zombie is an ended process whose parent did not read its exit code. In a container without an
   * init, a detached service stays a zombie for ever.
   */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException noProcFileSystemOrGone) {
      return false;
    }
  }
}
