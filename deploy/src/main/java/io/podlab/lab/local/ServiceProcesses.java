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
 * The services that this process has started. They end with this process, unless SIGKILL ends it or
 * they were {@linkplain #release() released}.
 */
final class ServiceProcesses {
  private static final long POLL_MILLIS = 100;

  /** The number of log lines in the error of a service that ended. */
  private static final int LAST_LINES = 10;

  private record Child(Program program, Process process, StartedProcess started) {}

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
   * Starts a program in the background, with its output in a log file, and records it.
   *
   * <p>The program has its own session, so that this process stops it and not the terminal. Without
   * setsid the program ignores SIGHUP, so SIGHUP cannot reload it.
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
    children.add(
        new Child(program, process, StartedProcess.of(program.title(), process.toHandle())));
    runFile.write(new Run(false, started()));
  }

  private synchronized List<Child> children() {
    return List.copyOf(children);
  }

  private List<StartedProcess> started() {
    return children().stream().map(Child::started).toList();
  }

  /**
   * Waits until all programs are ready.
   *
   * @throws Failure (failed) if a program ended or was not ready in time, with the end of its log
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
              : Failure.failed(exitMessage(child));
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
   * Waits until a {@code lab down} in another terminal has stopped all programs.
   *
   * @throws Failure (failed) if a program ended for another reason, with the end of its log
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
            .map(this::exitMessage)
            .collect(Collectors.joining("\n")));
  }

  /** Whether {@code lab down} stopped the programs. It records that before it stops them. */
  private boolean wasStopped() throws IOException {
    Run run = runFile.read();
    return run.stopping() || !run.services().equals(started());
  }

  private String exitMessage(Child child) {
    return child.program().title()
        + " ended with exit code "
        + child.process().exitValue()
        + endOfLog(child.program().title());
  }

  private String tooLate(Child child, Duration patience) {
    return String.format(
        "%s was not ready after %d s: %s did not return 200%s",
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
            .collect(Collectors.joining("", "; the last lines of " + folder.log(title) + ":", ""));
  }

  /** Whether a signal has asked this process to end. */
  boolean isInterrupted() {
    return interrupted;
  }

  /** Keeps the services running when this process ends. */
  synchronized void release() {
    children.clear();
    forgetSignal();
  }

  /** Stops the services that are still running, and waits until they have ended. */
  void close() throws Exception {
    if (!interrupted) {
      stop();
      forgetSignal();
    }
  }

  private void stop() throws Exception {
    List<StartedProcess> mine;
    synchronized (this) {
      stopped = true;
      mine = started();
    }
    List<StartedProcess> running = alive(mine);
    if (mine.isEmpty()) {
      return;
    }
    List<StartedProcess> left =
        console.progress("stopping", () -> LocalLab.titles(alive(mine)), () -> stopper.stop(mine));
    if (!left.isEmpty()) {
      console.say("cannot stop " + LocalLab.titlesAndPids(left));
    } else if (runFile.read().services().equals(mine)) {
      runFile.delete();
    }
    if (left.isEmpty() && !running.isEmpty()) {
      console.say("stopped " + LocalLab.titles(running));
    }
  }

  private static List<StartedProcess> alive(List<StartedProcess> services) {
    return services.stream().filter(StartedProcess::isAlive).toList();
  }

  private void stopOnSignal() {
    interrupted = true;
    try {
      List<StartedProcess> mine;
      synchronized (this) {
        stopped = true;
        mine = started();
      }
      // Ends Maven if a build is running.
      ProcessHandle.current()
          .descendants()
          .filter(process -> mine.stream().noneMatch(started -> started.pid() == process.pid()))
          .forEach(ProcessHandle::destroy);
      stop();
    } catch (Exception e) {
      console.say("cannot stop the services: " + e);
    }
  }

  private void forgetSignal() {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is running and stops the services.
    }
  }
}
