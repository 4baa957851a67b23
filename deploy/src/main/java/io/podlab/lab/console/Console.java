package io.podlab.lab.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Writes results to stdout and messages to stderr, so that a pipe gets only the result. Uses color
 * only if stdout is a terminal and {@code NO_COLOR} is not set.
 */
public final class Console {
  /** How long an action may run before the user sees its progress. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration REMINDER = Duration.ofSeconds(10);

  private final PrintStream out;
  private final PrintStream err;
  private final boolean color;

  public Console(PrintStream out, PrintStream err, boolean color) {
    this.out = out;
    this.err = err;
    this.color = color;
  }

  /** The console of this process. */
  public static Console system() {
    // The launcher tests stdout. System.console() is null if only stdin is redirected.
    boolean terminal = Boolean.getBoolean("lab.terminal");
    // Always UTF-8: with the locale C, Java writes "?" for characters outside ASCII.
    return new Console(
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminal && System.getenv("NO_COLOR") == null);
  }

  public boolean color() {
    return color;
  }

  /** Prints one line of the result to stdout. */
  public void print(String line) {
    out.println(line);
    out.flush();
  }

  /** Prints one line of the result, with a style if color is on. */
  public void print(Style style, String line) {
    print(color && !line.isEmpty() ? style.of(line) : line);
  }

  /** True if the reader of stdout has gone, as after {@code lab logs -f | head}. */
  public boolean closed() {
    return out.checkError();
  }

  /** Prints one line of progress or explanation to stderr. */
  public void say(String line) {
    err.println("lab: " + line);
    err.flush();
  }

  /** Prints left-aligned columns, two spaces apart. The first row is the header. */
  public void table(List<List<String>> rows) {
    for (String line : Table.lines(rows)) {
      print(line);
    }
  }

  /**
   * Runs {@code work}. Prints progress after two seconds, and then every ten seconds.
   *
   * @param doing for example {@code "building demo-app"}
   * @param detail called for each progress line; returns what the work is waiting for, or ""
   */
  public <T> T progress(String doing, Supplier<String> detail, Callable<T> work) throws Exception {
    Instant begin = Instant.now();
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, doing);
    thread.start();
    Duration wait = PATIENCE;
    while (true) {
      try {
        return task.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillAtWork) {
        long seconds = Duration.between(begin, Instant.now()).toSeconds();
        String now = detail.get();
        say(doing + " … " + seconds + " s" + (now.isEmpty() ? "" : "; " + now));
        wait = REMINDER;
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Exception cause) {
          throw cause;
        }
        throw failed;
      } catch (InterruptedException interrupted) {
        thread.interrupt();
        throw interrupted;
      }
    }
  }

  public <T> T progress(String doing, Callable<T> work) throws Exception {
    return progress(doing, () -> "", work);
  }
}
