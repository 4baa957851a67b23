package io.podlab.lab.lesson;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a signal has asked this process to end. It interrupts the plays that are under way, and
 * not what cleans up after them.
 */
final class StopRequest {
  private final Set<Thread> playing = new HashSet<>();

  /** Processes that are ended by the thread that started them. */
  private final Set<Long> owned = new HashSet<>();

  private boolean requested;

  /**
   * From here to {@link #leave()} this thread is interrupted by a request.
   *
   * @throws InterruptedException if there is one already
   */
  synchronized void enter() throws InterruptedException {
    if (requested) {
      throw new InterruptedException();
    }
    playing.add(Thread.currentThread());
  }

  /** From here on this thread is no longer interrupted. */
  synchronized void leave() {
    playing.remove(Thread.currentThread());
    // It may have been, just before.
    Thread.interrupted();
  }

  synchronized boolean isRequested() {
    return requested;
  }

  interface Start {
    Process start() throws IOException;
  }

  /** Starts a process that its starter ends: no request does, as it would end a cleanup. */
  synchronized Process starting(Start start) throws IOException {
    Process process = start.start();
    owned.add(process.pid());
    return process;
  }

  synchronized void own(long pid) {
    owned.add(pid);
  }

  synchronized void disown(long pid) {
    owned.remove(pid);
  }

  /** Does work that a signal ends: what it has started goes with it. */
  <T> T during(Callable<T> work) throws Exception {
    Thread onSignal = new Thread(this::request, "stop on signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return work.call();
    } finally {
      endOfWork(onSignal);
    }
  }

  /**
   * Removes the hook. When a signal ends this process, all else fails because of it, and that is
   * not to be told: then this does not return.
   */
  void endOfWork(Thread onSignal) throws InterruptedException {
    try {
      if (!isRequested()) {
        Runtime.getRuntime().removeShutdownHook(onSignal);
        return;
      }
    } catch (IllegalStateException aSignalHasJustCome) {
      // As if it was requested.
    }
    new CountDownLatch(1).await();
  }

  /** Interrupts the plays, and ends what nobody else ends: Maven, or a request of kubectl. */
  synchronized void request() {
    requested = true;
    Set<Long> left =
        owned.stream()
            .flatMap(pid -> ProcessHandle.of(pid).stream())
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    ProcessHandle.current()
        .descendants()
        .filter(process -> !left.contains(process.pid()))
        .forEach(ProcessHandle::destroy);
    playing.forEach(Thread::interrupt);
  }
}
