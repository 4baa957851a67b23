package io.podlab.lab.local;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that the lab started. The time of its start is part of its identity, so that a process
 * that got the same pid later is never taken for it, and never killed.
 */
record Started(String title, long pid, Instant since) {
  /** Linux counts from the time of the boot, which two JVMs may read a little differently. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static Started of(String title, ProcessHandle process) {
    return new Started(title, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process, if it is still this one and still runs. */
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
   * A process that has ended and that nobody has asked for its exit code: in a container whose
   * first process is no init, a detached service stays so for ever.
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
