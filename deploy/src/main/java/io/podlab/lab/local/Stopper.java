package io.podlab.lab.local;

import java.time.Duration;
import java.util.List;

/** Stops processes with SIGTERM, and after a grace period with SIGKILL. */
record Stopper(Duration grace) {
  private static final long POLL_MILLIS = 50;

  /** The time that the kernel gets to end a process after SIGKILL. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  /**
   * Stops the processes, and waits until they have ended.
   *
   * @return the processes that are still alive, because they are blocked in the kernel
   */
  List<StartedProcess> stop(List<StartedProcess> services) throws InterruptedException {
    services.forEach(service -> service.process().ifPresent(ProcessHandle::destroy));
    List<StartedProcess> deaf = await(services, grace);
    deaf.forEach(service -> service.process().ifPresent(ProcessHandle::destroyForcibly));
    return await(deaf, AFTER_KILL);
  }

  /** Waits until all have ended. Returns those that are still alive after the time. */
  static List<StartedProcess> await(List<StartedProcess> services, Duration time)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<StartedProcess> alive = services.stream().filter(StartedProcess::isAlive).toList();
    while (!alive.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
      alive = alive.stream().filter(StartedProcess::isAlive).toList();
    }
    return alive;
  }
}
