package io.podlab.lab.local;

import java.time.Duration;
import java.util.List;

/** Stops processes: asks all of them at once, waits, and ends those that do not listen. */
record Stopper(Duration grace) {
  private static final long POLL_MILLIS = 50;

  /** How long the kernel may take to end a process that cannot refuse. */
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);

  /**
   * Answers when they are gone: SIGTERM, and SIGKILL after the grace period.
   *
   * @return those that are still there, which only a process stuck in the kernel is
   */
  List<Started> stop(List<Started> services) throws InterruptedException {
    services.forEach(service -> service.process().ifPresent(ProcessHandle::destroy));
    List<Started> deaf = await(services, grace);
    deaf.forEach(service -> service.process().ifPresent(ProcessHandle::destroyForcibly));
    return await(deaf, AFTER_KILL);
  }

  /** Those of them that are still alive when the time is over, at once when none is. */
  static List<Started> await(List<Started> services, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Started> alive = services.stream().filter(Started::isAlive).toList();
    while (!alive.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
      alive = alive.stream().filter(Started::isAlive).toList();
    }
    return alive;
  }
}
