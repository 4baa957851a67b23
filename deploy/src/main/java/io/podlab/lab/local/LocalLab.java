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
 * The services on this machine.
 *
 * @param programs the services and the monitoring, in the order in which they are started and
 *     listed
 * @param preparation builds the programs before the start
 * @param grace the time between SIGTERM and SIGKILL
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
   * The services of this project with the state of this user, and the monitoring if it is running.
   */
  static LocalLab here(Console console) throws IOException {
    StateFolder folder = StateFolder.ofThisUser();
    List<StartedProcess> alive = new RunFile(folder).read().alive();
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
   * The services of this project, and the monitoring that is installed on this machine.
   *
   * @throws Failure (missing) without Prometheus, with installation help
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
   * Starts all programs, and prints their addresses when all are ready.
   *
   * <p>With {@code detach} it then returns. Otherwise it returns when {@code lab down} has stopped
   * the services. A signal also stops them, and ends this process with the exit code of the signal.
   *
   * @throws Failure after all programs have ended: (conflict) if the lab is already running,
   *     another command is running or a port is in use; (failed) if a service ended or was not
   *     ready in time
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
        console.say("running in the background; stop with `" + Project.command() + " down`");
        return;
      }
      console.say("press Ctrl-C to stop, or run `" + Project.command() + " down`");
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

  /** If a signal is ending this process, waits for ever: its handler stops the services. */
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
          "another `lab up` or `lab down` is running; try again later"
              + " (`"
              + Project.command()
              + " status` lists the services)");
    }
  }

  private static void refuseIfUp(Run run) {
    List<StartedProcess> alive = run.alive();
    if (!alive.isEmpty()) {
      throw Failure.conflict(
          "the lab is already running ("
              + titlesAndPids(alive)
              + "); stop it with `"
              + Project.command()
              + " down`");
    }
  }

  private void show() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SERVICE", "ADDRESS", "TRY"));
    programs.forEach(
        program -> rows.add(List.of(program.title(), program.addresses(), program.curl())));
    console.table(rows);
    programs.forEach(this::showCredential);
  }

  private void showCredential(Program program) {
    program
        .curlWithCredential()
        .ifPresent(
            curl -> console.say(program.title() + " needs its admin token for /tokens: " + curl));
  }

  /**
   * Stops everything that {@link #up} started, here or in another terminal, and waits until it has
   * ended. Succeeds if nothing is running.
   *
   * @throws Failure (failed) if a process survives SIGKILL
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
    List<StartedProcess> alive = run.alive();
    if (alive.isEmpty()) {
      runFile.delete();
      console.print("nothing is running");
      return;
    }
    runFile.write(run.nowStopping());
    List<StartedProcess> left =
        console.progress(
            "stopping",
            () -> "waiting for " + titles(run.alive()),
            () -> new Stopper(grace).stop(alive));
    if (!left.isEmpty()) {
      throw Failure.failed("cannot stop " + titlesAndPids(left) + ", not even with SIGKILL");
    }
    runFile.delete();
    console.print("stopped " + titles(alive));
  }

  /** Prints the state of each service. Returns true if all are running and ready. */
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
    Optional<StartedProcess> alive = run.named(program.title()).filter(StartedProcess::isAlive);
    boolean ready = alive.isPresent() && Readiness.isReady(program.readiness());
    return ServiceStatus.of(program, alive, ready, Instant.now());
  }

  /**
   * Prints logs. With more than one service, each line starts with the name of its service.
   *
   * @param titles the services; empty for all
   * @param lastLines the number of lines of each log; {@link Logs.Reader#ALL} for all
   * @param follow continue with new lines until this process ends or the reader of stdout has gone
   * @throws Failure (usage) if a service does not exist; (failed) if a named service has no log, or
   *     no service has one
   */
  void logs(List<String> titles, int lastLines, boolean follow) throws Exception {
    List<Program> wanted = titles.isEmpty() ? programs : titles.stream().map(this::named).toList();
    List<Program> without =
        wanted.stream().filter(program -> !Files.exists(folder.log(program.title()))).toList();
    if (!without.isEmpty() && (!titles.isEmpty() || without.equals(wanted))) {
      throw Failure.failed(
          "no logs of "
              + without.stream().map(Program::title).collect(Collectors.joining(", "))
              + " yet; start the services with `"
              + Project.command()
              + " up`");
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
                    "no service named '"
                        + title
                        + "'; use "
                        + programs.stream().map(Program::title).collect(Collectors.joining(", "))));
  }

  static String titles(List<StartedProcess> services) {
    return services.stream().map(StartedProcess::title).collect(Collectors.joining(", "));
  }

  static String titlesAndPids(List<StartedProcess> services) {
    return services.stream()
        .map(service -> service.title() + " with pid " + service.pid())
        .collect(Collectors.joining(", "));
  }
}
