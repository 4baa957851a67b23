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
 * Runs programs within a time, each in a session of its own, so that a Ctrl-C in the terminal does
 * not reach them. One that is ended takes all that it has started with it. Where there is no
 * setsid, as on macOS, they ignore Ctrl-C, and what they leave in the background goes on.
 */
record Shell(StopRequest stop) {
  private static final long GRACE_MILLIS = 2_000;
  private static final long POLL_MILLIS = 20;

  /** What a program printed may still be in the pipe when it has ended. */
  private static final long READ_MILLIS = 5_000;

  /**
   * How a program ended.
   *
   * @param late it was ended because its time was over
   */
  record Ended(int exitCode, boolean late) {
    boolean well() {
      return exitCode == 0 && !late;
    }
  }

  /**
   * Runs it with stdout and stderr in one.
   *
   * @param enough is handed each line, on another thread and never after this returns, and answers
   *     whether the program may be ended now; then it counts as ended well
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

  /** Hands out lines until it is closed, or one was enough. */
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

  /** Runs it, and answers what it printed. */
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
          ended.exitCode(), "", "it did not end within " + limit.toSeconds() + " s");
    }
    // A copy: whoever holds the pipe open may still write into it.
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
                // Its process was ended.
              } finally {
                end.countDown();
              }
            },
            "output of a command");
    reader.setDaemon(true);
    reader.start();
  }

  /** SIGTERM to what it has left in the background; it is not a descendant any longer. */
  private static void endGroup(Process process) throws InterruptedException {
    Command.of("sh", "-c", "kill -s TERM -- \"-$0\"", Long.toString(process.pid())).run();
  }

  /** SIGTERM to it and to all below it, and SIGKILL to those that do not end. */
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
