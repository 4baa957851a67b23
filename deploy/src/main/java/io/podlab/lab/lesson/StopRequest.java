package io.podlab.lab.lesson;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records that a signal asked this process to end. Interrupts the running plays, but not their
 * cleanup.
 */
final class StopRequest {
  private final Set<Thread> playing = new HashSet<>();

  /** Processes that the thread that started them ends. */
  private final Set<Long> owned = new HashSet<>();

  private boolean requested;

  /**
   * Registers this thread: a request interrupts it until it calls {@link #leave()}.
   *
   * @throws InterruptedException if a signal has already come
   */
  synchronized void enter() throws InterruptedException {
    if (requested) {
      throw new InterruptedException();
    }
    playing.add(Thread.currentThread());
  }

  /** Removes this thread: a request no longer interrupts it. */
  synchronized void leave() {
    playing.remove(Thread.currentThread());
    // Clears an interrupt that came just before.
    Thread.interrupted();
  }

  synchronized boolean isRequested() {
    return requested;
  }

  interface Start {
    Process start() throws IOException;
  }

  /** Starts a process that a request does not end, because it may be part of a cleanup. */
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

  /** Runs work. A signal ends the processes that it started. */
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
   * Removes the shutdown hook. If a signal is ending this process, this method does not return:
   * errors that the signal caused must not be printed.
   */
  void endOfWork(Thread onSignal) throws InterruptedException {
    try {
      if (!isRequested()) {
        Runtime.getRuntime().removeShutdownHook(onSignal);
        return;
      }
    } catch (IllegalStateException aSignalHasJustCome) {
      // The same as a request.
    }
    new CountDownLatch(1).await();
  }

  /** Interrupts the plays, and ends processes without an owner, such as Maven or kubectl. */
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
