package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs programs with a time limit, each in a session of its own, so that Ctrl-C in the terminal
 * does not reach them. Ending a program also ends its child processes. Without setsid, as on macOS,
 * the programs ignore Ctrl-C, and their background processes keep running.
 */
record Shell(StopRequest stop) {
  private static final long GRACE_MILLIS = 2_000;
  private static final long POLL_MILLIS = 20;

  /** The pipe may still contain output after the program has ended. */
  private static final long READ_MILLIS = 5_000;

  /**
   * How a program ended.
   *
   * @param late whether it was ended because of the time limit
   */
  record Ended(int exitCode, boolean late) {
    boolean well() {
      return exitCode == 0 && !late;
    }
  }

  /**
   * Runs a program with stdout and stderr combined.
   *
   * @param enough called for each line, on another thread, never after this method returns. If it
   *     returns true, the program is ended and counts as successful.
   */
  Ended run(Command command, Duration limit, Predicate<String> enough) throws InterruptedException {
    ProcessBuilder builder = command.onItsOwn().builder().redirectErrorStream(true);
    Process process = start(command, builder);
    Lines handed = new Lines(enough);
    CountDownLatch read = new CountDownLatch(1);
    readLines(
        process.getInputStream(),
        line -> {
          if (handed.isEnoughWith(line)) {
            end(process);
          }
        },
        read);
    try {
      Ended ended = awaitEnd(process, limit, List.of(read));
      return handed.areEnough() ? new Ended(0, false) : ended;
    } finally {
      handed.close();
    }
  }

  /** Passes lines to a predicate until it returns true, or until this is closed. */
  private static final class Lines {
    private final Predicate<String> enough;
    private boolean wasEnough;
    private boolean closed;

    Lines(Predicate<String> enough) {
      this.enough = enough;
    }

    synchronized boolean isEnoughWith(String line) {
      if (closed || wasEnough) {
        return false;
      }
      wasEnough = enough.test(line);
      return wasEnough;
    }

    synchronized boolean areEnough() {
      return wasEnough;
    }

    synchronized void close() {
      closed = true;
    }
  }

  /** Runs a program and returns its output. */
  Command.Result ask(Command command, Duration limit) throws InterruptedException {
    Process process = start(command, command.onItsOwn().builder());
    List<String> out = Collections.synchronizedList(new ArrayList<>());
    List<String> err = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch outRead = new CountDownLatch(1);
    CountDownLatch errRead = new CountDownLatch(1);
    readLines(process.getInputStream(), out::add, outRead);
    readLines(process.getErrorStream(), err::add, errRead);
    Ended ended = awaitEnd(process, limit, List.of(outRead, errRead));
    if (ended.late()) {
      return new Command.Result(
          ended.exitCode(), "", "timed out after " + limit.toSeconds() + " s");
    }
    // A copy, because a process that keeps the pipe open may still write.
    return new Command.Result(
        ended.exitCode(), String.join("\n", List.copyOf(out)), String.join("\n", List.copyOf(err)));
  }

  private Process start(Command command, ProcessBuilder builder) {
    try {
      return stop.starting(() -> builder.redirectInput(new File("/dev/null")).start());
    } catch (IOException e) {
      throw Failure.missing("cannot run " + command.words().get(0) + ": " + e.getMessage());
    }
  }

  private Ended awaitEnd(Process process, Duration limit, List<CountDownLatch> read)
      throws InterruptedException {
    try {
      boolean late = !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (late) {
        end(process);
      }
      endGroup(process);
      for (CountDownLatch one : read) {
        one.await(READ_MILLIS, TimeUnit.MILLISECONDS);
      }
      return new Ended(process.waitFor(), late);
    } finally {
      end(process);
      stop.disown(process.pid());
    }
  }

  private static void readLines(InputStream stream, Consumer<String> eachLine, CountDownLatch end) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  eachLine.accept(line);
                }
              } catch (IOException closed) {
                // The process was ended.
              } finally {
                end.countDown();
              }
            },
            "output of a command");
    reader.setDaemon(true);
    reader.start();
  }

  /** Sends SIGTERM to background processes, which are no longer descendants. */
  private static void endGroup(Process process) throws InterruptedException {
    Command.of("sh", "-c", "kill -s TERM -- \"-$0\"", Long.toString(process.pid())).run();
  }

  /** Sends SIGTERM to a process and its descendants, and SIGKILL to those that do not end. */
  private static void end(Process process) {
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(process.toHandle());
    tree.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    boolean interrupted = false;
    while (tree.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    tree.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
