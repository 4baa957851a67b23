package io.podlab.lab.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The lab on this machine.
 *
 * @param programs what it consists of, in the order in which it is started and shown
 * @param preparation makes the programs startable; runs before anything is started
 * @param grace how long a service may take to end when it is asked to, before it is killed
 */
record LocalLab(
    Console console,
    StateFolder folder,
    List<Program> programs,
    Preparation preparation,
    Duration grace) {
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final long POLL_MILLIS = 200;

  interface Preparation {
    void prepare() throws Exception;
  }

  LocalLab {
    programs = List.copyOf(programs);
  }

  /**
   * The services of this checkout, with the state of this user, and the monitoring that was started
   * with them.
   */
  static LocalLab here(Console console) throws IOException {
    StateFolder folder = StateFolder.ofThisUser();
    List<Started> alive = new RunFile(folder).read().alive();
    Predicate<Program> isAlive =
        program -> alive.stream().anyMatch(one -> one.title().equals(program.title()));
    return here(
        console,
        folder,
        Monitoring.programs(Project.here(), folder, SearchPath.ofThisProcess()).stream()
            .filter(isAlive)
            .toList());
  }

  /**
   * The services of this checkout and the monitoring that is installed on this machine.
   *
   * @throws Failure (missing) if there is no Prometheus, with the way to get it
   */
  static LocalLab withMonitoring(Console console) {
    StateFolder folder = StateFolder.ofThisUser();
    return here(
        console, folder, Monitoring.installed(Project.here(), folder, SearchPath.ofThisProcess()));
  }

  private static LocalLab here(Console console, StateFolder folder, List<Program> monitoring) {
    Project project = Project.here();
    return new LocalLab(
        console,
        folder,
        Stream.concat(
                Arrays.stream(Service.values())
                    .map(service -> Program.of(project, service, folder, System.getenv())),
                monitoring.stream())
            .toList(),
        () -> project.build(console, List.of(Service.values())),
        GRACE);
  }

  /**
   * Starts everything, and shows where it is once all of it is ready.
   *
   * <p>Detached, it returns then. Otherwise it returns when a {@code lab down} has stopped the
   * services; a signal stops them too, and ends this process with the signal's exit code.
   *
   * @throws Failure with nothing left running: (conflict) if the lab is up, another command is at
   *     work or a port is taken; (failed) if a service ended by itself or was not ready in time
   */
  void up(boolean detach, Duration patience) throws Exception {
    folder.create();
    ServiceProcesses processes = new ServiceProcesses(console, folder, new Stopper(grace));
    try {
      start(processes);
      processes.awaitReady(patience);
      show();
      if (detach) {
        processes.release();
        console.say("running in the background; `deploy/lab down` stops it");
        return;
      }
      console.say("Ctrl-C stops it, and so does `deploy/lab down`");
      processes.awaitEnd();
      leaveItToTheSignal(processes);
      console.say("stopped by `lab down`");
    } catch (Exception e) {
      leaveItToTheSignal(processes);
      throw e;
    } finally {
      processes.close();
    }
  }

  /** When a signal ends this process, all else fails because of it, and its handler reports. */
  static void leaveItToTheSignal(ServiceProcesses processes) throws InterruptedException {
    if (processes.isInterrupted()) {
      new CountDownLatch(1).await();
    }
  }

  private void start(ServiceProcesses processes) throws Exception {
    RunFile runFile = new RunFile(folder);
    boolean started =
        runFile.tryExclusively(
            () -> {
              refuseIfUp(runFile.read());
              Ports.requireFree(programs);
              preparation.prepare();
              for (Program program : programs) {
                processes.start(program);
              }
            });
    if (!started) {
      throw Failure.conflict(
          "another `lab up` or `lab down` is at work; try again when it has ended"
              + " (`deploy/lab status` shows what is up)");
    }
  }

  private static void refuseIfUp(Run run) {
    List<Started> alive = run.alive();
    if (!alive.isEmpty()) {
      throw Failure.conflict(
          "the lab is up already ("
              + titlesAndPids(alive)
              + "): `deploy/lab status` shows it, `deploy/lab down` stops it");
    }
  }

  private void show() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SERVICE", "ADDRESS", "TRY"));
    programs.forEach(
        program -> rows.add(List.of(program.title(), program.address(), program.curl())));
    console.table(rows);
    programs.forEach(this::showCredential);
  }

  private void showCredential(Program program) {
    program
        .curlWithCredential()
        .ifPresent(
            curl -> console.say(program.title() + " wants its admin token for the rest: " + curl));
  }

  /**
   * Stops what {@link #up} started, here or in another terminal, and returns when it is gone. That
   * nothing runs is no failure.
   *
   * @throws Failure (failed) if a process survives even SIGKILL
   */
  void down() throws Exception {
    folder.create();
    RunFile runFile = new RunFile(folder);
    if (!runFile.tryExclusively(this::stop)) {
      console.say("waiting for another `lab up` or `lab down` to finish");
      while (!runFile.tryExclusively(this::stop)) {
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private void stop() throws Exception {
    RunFile runFile = new RunFile(folder);
    Run run = runFile.read();
    List<Started> alive = run.alive();
    if (alive.isEmpty()) {
      runFile.delete();
      console.print("nothing is running");
      return;
    }
    runFile.write(run.nowStopping());
    List<Started> left =
        console.progress(
            "stopping",
            () -> "waiting for " + titles(run.alive()),
            () -> new Stopper(grace).stop(alive));
    if (!left.isEmpty()) {
      throw Failure.failed(titlesAndPids(left) + " cannot be ended, not even with SIGKILL");
    }
    runFile.delete();
    console.print("stopped " + titles(alive));
  }

  /** Shows each service; true if all of them run and are ready. */
  boolean status(boolean json) throws IOException {
    Run run = new RunFile(folder).read();
    List<ServiceStatus> statuses = programs.stream().map(program -> status(program, run)).toList();
    if (json) {
      console.print(
          JsonMapper.builder()
              .build()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(statuses));
    } else {
      List<List<String>> rows = new ArrayList<>();
      rows.add(ServiceStatus.header());
      statuses.forEach(status -> rows.add(status.row()));
      console.table(rows);
      for (int i = 0; i < programs.size(); i++) {
        if (statuses.get(i).state() != ServiceStatus.State.NOT_RUNNING) {
          showCredential(programs.get(i));
        }
      }
    }
    return statuses.stream().allMatch(status -> status.state() == ServiceStatus.State.RUNNING);
  }

  private static ServiceStatus status(Program program, Run run) {
    Optional<Started> alive = run.named(program.title()).filter(Started::isAlive);
    boolean ready = alive.isPresent() && Readiness.isReady(program.readiness());
    return ServiceStatus.of(program, alive, ready, Instant.now());
  }

  /**
   * Prints logs, each line after the name of its service if they are of more than one.
   *
   * @param titles whose; all if empty
   * @param lastLines how many lines of each; {@link Logs.Reader#ALL} for all
   * @param follow go on with what is added, until this process is ended or nobody reads any more
   * @throws Failure (usage) if there is no such service; (failed) if one that was named has no log,
   *     or none has
   */
  void logs(List<String> titles, int lastLines, boolean follow) throws Exception {
    List<Program> wanted = titles.isEmpty() ? programs : titles.stream().map(this::named).toList();
    List<Program> without =
        wanted.stream().filter(program -> !Files.exists(folder.log(program.title()))).toList();
    if (!without.isEmpty() && (!titles.isEmpty() || without.equals(wanted))) {
      throw Failure.failed(
          "no log yet of "
              + without.stream().map(Program::title).collect(Collectors.joining(", "))
              + ": `deploy/lab up` starts it");
    }
    int width = wanted.stream().mapToInt(program -> program.title().length()).max().orElse(0);
    List<Source> sources = new ArrayList<>();
    for (Program program : wanted) {
      if (!without.contains(program)) {
        String prefix =
            wanted.size() == 1 ? "" : String.format("%-" + width + "s | ", program.title());
        sources.add(new Source(prefix, new Logs.Reader(folder.log(program.title()), lastLines)));
      }
    }
    for (Source source : sources) {
      source.reader().read(source.printer(console));
      if (!follow) {
        source.reader().rest(source.printer(console));
      }
    }
    while (follow && !console.closed()) {
      Thread.sleep(POLL_MILLIS);
      for (Source source : sources) {
        source.reader().follow(source.printer(console));
      }
    }
    for (Source source : sources) {
      source.reader().close();
    }
  }

  private record Source(String prefix, Logs.Reader reader) {
    Consumer<String> printer(Console console) {
      return line -> console.print(prefix + line);
    }
  }

  private Program named(String title) {
    return programs.stream()
        .filter(program -> program.title().equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "no service '"
                        + title
                        + "': there are "
                        + programs.stream().map(Program::title).collect(Collectors.joining(", "))));
  }

  static String titles(List<Started> services) {
    return services.stream().map(Started::title).collect(Collectors.joining(", "));
  }

  static String titlesAndPids(List<Started> services) {
    return services.stream()
        .map(service -> service.title() + " with pid " + service.pid())
        .collect(Collectors.joining(", "));
  }
}
