package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The moments of a pod's containers. A status describes two runs of a container: the current one
 * and the previous one. Comparing runs instead of states also finds a run that started and ended
 * between two updates.
 */
final class ContainerMoments {
  private static final Pattern BACK_OFF = Pattern.compile("back-off (\\S+) restarting");
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final Pod pod;
  private final String name;
  private final int initNumber;
  private final int initTotal;
  private final boolean main;
  private final List<Step> steps = new ArrayList<>();

  private ContainerMoments(Pod pod, String name) {
    this.pod = pod;
    this.name = name;
    List<String> inits = PodStatuses.initContainers(pod);
    initNumber = inits.indexOf(name) + 1;
    initTotal = inits.size();
    main = spec().isPresent();
  }

  /**
   * @param before empty for a new pod
   */
  static List<Step> between(Optional<Pod> before, Pod after) {
    var known =
        before.map(PodStatuses::containers).stream()
            .flatMap(List::stream)
            .collect(Collectors.toMap(ContainerStatus::getName, Function.identity(), (a, b) -> a));
    return PodStatuses.containers(after).stream()
        .flatMap(
            status ->
                new ContainerMoments(after, status.getName())
                    .between(known.get(status.getName()), status))
        .toList();
  }

  private Stream<Step> between(ContainerStatus before, ContainerStatus after) {
    List<Run> known = Run.of(before);
    int restarts = restarts(before);
    for (Run run : Run.of(after)) {
      Optional<Run> same = known.stream().filter(run::isSame).findFirst();
      if (same.isEmpty()) {
        started(run);
        restarts = Math.max(restarts, run.number());
      }
      run.ended()
          .filter(ended -> same.flatMap(Run::ended).isEmpty())
          .ifPresent(ended -> terminated(run, ended));
    }
    if (restarts(after) > restarts) {
      restarted(restarts(after), true, Optional.empty());
    }
    passedStartup(before, after);
    backOff(before, after);
    return steps.stream();
  }

  private void started(Run run) {
    if (run.number() > 0) {
      restarted(run.number(), run.startedAt().isPresent(), run.time());
    } else if (run.startedAt().isEmpty()) {
      return; // it failed to start: the moment of its end says so
    } else if (initNumber > 0) {
      add(
          PodState.INITIALIZING,
          moment(
              Kind.INIT_STARTED,
              run.startedAt(),
              "init container %d of %d started: %s".formatted(initNumber, initTotal, name)));
    } else {
      running(moment(Kind.CONTAINER_STARTED, run.startedAt(), title() + " started"));
    }
  }

  private void restarted(int count, boolean runs, Optional<Instant> time) {
    Observed moment =
        moment(Kind.RESTARTED, time, "%s restarted (restart count %d)".formatted(title(), count))
            .counted(count);
    if (!runs) {
      steps.add(Step.only(moment));
    } else if (initNumber > 0) {
      add(PodState.INITIALIZING, moment);
    } else {
      running(moment);
    }
  }

  /** A pod enters the phase Running, in which it can be ready, when all containers have started. */
  private void running(Observed moment) {
    if (main && !PodStatuses.phase(pod).equals("Pending")) {
      add(PodState.NOT_READY, moment);
    } else {
      steps.add(Step.only(moment));
    }
  }

  private void terminated(Run run, ContainerStateTerminated ended) {
    int code = Optional.ofNullable(ended.getExitCode()).orElse(0);
    Optional<Instant> time = ApiTime.parse(ended.getFinishedAt());
    if (initNumber > 0 && code == 0) {
      Observed moment =
          moment(
              Kind.INIT_FINISHED,
              time,
              "init container %d of %d finished: %s".formatted(initNumber, initTotal, name));
      steps.add(initNumber == initTotal ? Step.to(PodState.CREATING, moment) : Step.only(moment));
      return;
    }
    boolean outOfMemory = "OOMKilled".equals(ended.getReason());
    String start =
        "ContainerStatusUnknown".equals(ended.getReason())
            ? " ended, but the kubelet did not see it and reports exit code "
            : run.startedAt().isEmpty()
                ? " failed to start with exit code "
                : " ended with exit code ";
    steps.add(
        Step.only(
            moment(
                outOfMemory ? Kind.OOM_KILLED : Kind.TERMINATED,
                time,
                MomentText.join(
                    title() + start + ExitCode.text(code),
                    ended.getReason(),
                    ended.getMessage()))));
  }

  /** Without a startup probe, {@code started} only means that the container is running. */
  private void passedStartup(ContainerStatus before, ContainerStatus after) {
    boolean probed = spec().filter(container -> container.getStartupProbe() != null).isPresent();
    if (!probed || !isStarted(after)) {
      return;
    }
    boolean sameRun =
        before != null && Run.current(before).stream().anyMatch(Run.current(after).get()::isSame);
    if (!sameRun || !isStarted(before)) {
      steps.add(
          Step.only(
              moment(
                  Kind.STARTUP_PASSED,
                  Optional.empty(),
                  "startup probe of " + title() + " passed")));
    }
  }

  private void backOff(ContainerStatus before, ContainerStatus after) {
    Optional<ContainerStateWaiting> waiting = PodStatuses.backOff(after);
    if (waiting.isEmpty()) {
      return;
    }
    String reason = waiting.get().getReason().split(":", 2)[0];
    Optional<String> last =
        Optional.ofNullable(before)
            .flatMap(PodStatuses::backOff)
            .map(state -> state.getReason().split(":", 2)[0]);
    boolean ranSince =
        before == null || !Run.of(after).stream().allMatch(run -> run.isEndedIn(Run.of(before)));
    if (last.equals(Optional.of(reason)) && !ranSince) {
      return;
    }
    String text =
        reason.equals("CrashLoopBackOff")
            ? crashLoop(waiting.get(), after)
            : MomentText.join(title() + " waits", reason, cause(reason, waiting.get(), after));
    add(PodState.BACKING_OFF, moment(Kind.BACK_OFF, Optional.empty(), text));
  }

  /** Empty if another moment already says it: the end of the container, or a failed hook. */
  private static String cause(
      String reason, ContainerStateWaiting waiting, ContainerStatus status) {
    boolean known =
        reason.equals("PostStartHookError")
            || Run.of(status).stream()
                .flatMap(run -> run.ended().stream())
                .anyMatch(
                    ended -> MomentText.orEmpty(ended.getMessage()).equals(waiting.getMessage()));
    return known ? "" : waiting.getMessage();
  }

  private String crashLoop(ContainerStateWaiting waiting, ContainerStatus status) {
    Duration backOff = backOff(waiting.getMessage(), restarts(status));
    String until =
        Run.of(status).stream()
            .flatMap(run -> run.ended().stream())
            .flatMap(ended -> ApiTime.parse(ended.getFinishedAt()).stream())
            .max(Instant::compareTo)
            .map(finished -> " until " + TIME.format(finished.plus(backOff)))
            .orElse("");
    return "%s waits%s: CrashLoopBackOff, back-off %s"
        .formatted(title(), until, GoDuration.format(backOff));
  }

  /**
   * The duration in the kubelet's message, or else computed as the kubelet does: doubled per
   * restart.
   */
  static Duration backOff(String message, int restarts) {
    Matcher stated = BACK_OFF.matcher(MomentText.orEmpty(message));
    if (stated.find()) {
      try {
        return GoDuration.parse(stated.group(1));
      } catch (IllegalArgumentException notADuration) {
        // computed below
      }
    }
    Duration doubled =
        FIRST_BACK_OFF.multipliedBy(1L << Math.min(Math.max(restarts - 1, 0), MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF;
  }

  private void add(PodState state, Observed moment) {
    steps.add(Step.to(state, moment));
  }

  private Observed moment(Kind kind, Optional<Instant> time, String text) {
    return Observed.of(pod.getMetadata().getUid(), kind, Source.PODS, time, MomentText.of(text))
        .ofContainer(name);
  }

  private String title() {
    return (initNumber > 0 ? "init container " : "container ") + name;
  }

  private Optional<Container> spec() {
    return pod.getSpec() == null
        ? Optional.empty()
        : Stream.of(pod.getSpec().getContainers(), pod.getSpec().getInitContainers())
            .flatMap(List::stream)
            .filter(container -> name.equals(container.getName()))
            .findFirst();
  }

  private static boolean isStarted(ContainerStatus status) {
    return Boolean.TRUE.equals(status.getStarted())
        && status.getState() != null
        && status.getState().getRunning() != null;
  }

  private static int restarts(ContainerStatus status) {
    return status == null || status.getRestartCount() == null ? 0 : status.getRestartCount();
  }

  /**
   * One run of a container.
   *
   * @param number 0 for the first run; after that the {@code restartCount}
   * @param id the runtime's container ID, or the time of start or end if it gives none
   * @param startedAt empty if the container failed to start
   */
  private record Run(
      int number,
      String id,
      Optional<Instant> startedAt,
      Optional<ContainerStateTerminated> ended) {

    /** The last two runs, oldest first. */
    static List<Run> of(ContainerStatus status) {
      if (status == null) {
        return List.of();
      }
      Optional<Run> current = current(status);
      int number = restarts(status) - (current.isPresent() ? 1 : 0);
      return Stream.concat(
              of(status.getLastState(), Math.max(number, 0), status).stream(), current.stream())
          .toList();
    }

    static Optional<Run> current(ContainerStatus status) {
      return of(status.getState(), restarts(status), status);
    }

    private static Optional<Run> of(ContainerState state, int number, ContainerStatus status) {
      if (state == null) {
        return Optional.empty();
      }
      ContainerStateTerminated ended = state.getTerminated();
      if (ended != null) {
        return Optional.of(
            new Run(
                number,
                id(ended.getContainerID(), ended.getFinishedAt()),
                ApiTime.parse(ended.getStartedAt()),
                Optional.of(ended)));
      }
      ContainerStateRunning running = state.getRunning();
      return running == null
          ? Optional.empty()
          : Optional.of(
              new Run(
                  number,
                  id(status.getContainerID(), running.getStartedAt()),
                  ApiTime.parse(running.getStartedAt()),
                  Optional.empty()));
    }

    private static String id(String container, String time) {
      return container == null || container.isEmpty() ? MomentText.orEmpty(time) : container;
    }

    boolean isSame(Run other) {
      return id.equals(other.id);
    }

    boolean isEndedIn(List<Run> runs) {
      return runs.stream().anyMatch(run -> isSame(run) && run.ended().isPresent());
    }

    /** The time of the start, or of the failed attempt to start. */
    Optional<Instant> time() {
      return startedAt.or(() -> ended.flatMap(run -> ApiTime.parse(run.getFinishedAt())));
    }
  }
}
