package io.podlab.lab.local;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The services that this process has started. However this process ends, short of SIGKILL, they end
 * with it, unless they were {@linkplain #release() released}.
 */
final class ServiceProcesses {
  private static final long POLL_MILLIS = 100;

  /** So many lines of a log show why a service ended; the rest is in the file. */
  private static final int LAST_LINES = 10;

  private record Child(Program program, Process process, Started started) {}

  private final Console console;
  private final StateFolder folder;
  private final RunFile runFile;
  private final Stopper stopper;
  private final List<Child> children = new ArrayList<>();
  private final Thread onSignal = new Thread(this::stopOnSignal, "stop on signal");
  private volatile boolean interrupted;
  private boolean stopped;

  ServiceProcesses(Console console, StateFolder folder, Stopper stopper) {
    this.console = console;
    this.folder = folder;
    this.runFile = new RunFile(folder);
    this.stopper = stopper;
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /**
   * Starts it in the background, its output to its log, and records it.
   *
   * <p>On its own: stopping it is this process's task, and a detached service outlives the
   * terminal. Without setsid SIGHUP does not reload it.
   */
  synchronized void start(Program program) throws IOException {
    if (stopped) {
      throw Failure.failed("stopped before " + program.title() + " was started");
    }
    File log = folder.log(program.title()).toFile();
    if (log.exists()) {
      Files.move(
          log.toPath(), folder.previousLog(program.title()), StandardCopyOption.REPLACE_EXISTING);
    }
    Process process =
        program
            .command()
            .onItsOwn()
            .builder()
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    children.add(new Child(program, process, Started.of(program.title(), process.toHandle())));
    runFile.write(new Run(false, started()));
  }

  private synchronized List<Child> children() {
    return List.copyOf(children);
  }

  private List<Started> started() {
    return children().stream().map(Child::started).toList();
  }

  /**
   * Returns once all answer that they are ready.
   *
   * @throws Failure (failed) if one of them ended, or was not ready in time, with its last words
   */
  void awaitReady(Duration patience) throws Exception {
    List<Child> waiting = new ArrayList<>(children());
    console.progress(
        "starting",
        () -> "waiting for " + titles(waiting),
        () -> {
          awaitReady(waiting, patience);
          return null;
        });
  }

  private void awaitReady(List<Child> waiting, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      for (Child child : children()) {
        if (!child.process().isAlive()) {
          throw wasStopped()
              ? Failure.failed("stopped by `lab down` before all services were ready")
              : Failure.failed(lastWords(child));
        }
      }
      synchronized (waiting) {
        waiting.removeIf(child -> Readiness.isReady(child.program().readiness()));
        if (waiting.isEmpty()) {
          return;
        }
      }
      if (System.nanoTime() > end) {
        throw Failure.failed(
            waiting.stream()
                .map(child -> tooLate(child, patience))
                .collect(Collectors.joining("\n")));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static String titles(List<Child> waiting) {
    synchronized (waiting) {
      return waiting.stream()
          .map(child -> child.program().title())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * Returns once all have been stopped by a {@code lab down} elsewhere.
   *
   * @throws Failure (failed) with its last words if one ended by itself
   */
  void awaitEnd() throws Exception {
    CompletableFuture.anyOf(
            children().stream()
                .map(child -> child.process().onExit())
                .toArray(CompletableFuture<?>[]::new))
        .get();
    if (wasStopped()) {
      Stopper.await(started(), stopper.grace().plusSeconds(10));
      return;
    }
    throw Failure.failed(
        children().stream()
            .filter(child -> !child.process().isAlive())
            .map(this::lastWords)
            .collect(Collectors.joining("\n")));
  }

  /** True if what ended was ended by {@code lab down}, which says so before it begins. */
  private boolean wasStopped() throws IOException {
    Run run = runFile.read();
    return run.stopping() || !run.services().equals(started());
  }

  private String lastWords(Child child) {
    return child.program().title()
        + " ended with exit code "
        + child.process().exitValue()
        + endOfLog(child.program().title());
  }

  private String tooLate(Child child, Duration patience) {
    return String.format(
        "%s is not ready after %d s: %s does not answer 200%s",
        child.program().title(),
        patience.toSeconds(),
        child.program().readiness(),
        endOfLog(child.program().title()));
  }

  private String endOfLog(String title) {
    List<String> lines = Logs.last(folder.log(title), LAST_LINES);
    return lines.isEmpty()
        ? "; its log " + folder.log(title) + " is empty"
        : lines.stream()
            .map(line -> "\n  " + line)
            .collect(Collectors.joining("", "; the end of " + folder.log(title) + ":", ""));
  }

  /** True from the moment in which a signal has asked this process to end. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** The services stay when this process ends. */
  synchronized void release() {
    children.clear();
    forgetSignal();
  }

  /** Stops what is still running, waits until it is gone, and forgets it. */
  void close() throws Exception {
    if (!interrupted) {
      stop();
      forgetSignal();
    }
  }

  private void stop() throws Exception {
    List<Started> mine;
    synchronized (this) {
      stopped = true;
      mine = started();
    }
    List<Started> running = alive(mine);
    if (mine.isEmpty()) {
      return;
    }
    List<Started> left =
        console.progress("stopping", () -> LocalLab.titles(alive(mine)), () -> stopper.stop(mine));
    if (!left.isEmpty()) {
      console.say("still there: " + LocalLab.titlesAndPids(left));
    } else if (runFile.read().services().equals(mine)) {
      runFile.delete();
    }
    if (left.isEmpty() && !running.isEmpty()) {
      console.say("stopped " + LocalLab.titles(running));
    }
  }

  private static List<Started> alive(List<Started> services) {
    return services.stream().filter(Started::isAlive).toList();
  }

  private void stopOnSignal() {
    interrupted = true;
    try {
      List<Started> mine;
      synchronized (this) {
        stopped = true;
        mine = started();
      }
      // Maven, when a build is under way.
      ProcessHandle.current()
          .descendants()
          .filter(process -> mine.stream().noneMatch(started -> started.pid() == process.pid()))
          .forEach(ProcessHandle::destroy);
      stop();
    } catch (Exception e) {
      console.say("cannot stop what was started: " + e);
    }
  }

  private void forgetSignal() {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException alreadyEnding) {
      // Then the hook stops what there is to stop.
    }
  }
}
