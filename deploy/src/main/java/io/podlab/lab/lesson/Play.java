package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.lesson.LessonText.Prose;
import io.podlab.lab.project.Service;
import io.podlab.lab.record.Outcome;
import io.podlab.lab.report.LessonReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Plays one lesson once: creates its namespace, runs it, and deletes the namespace. */
final class Play {
  private static final Duration COMMAND = Duration.ofSeconds(180);
  private static final Duration WATCH = Duration.ofSeconds(90);
  private static final Duration VERIFY = Duration.ofSeconds(300);
  private static final int SUFFIX = 5;
  private static final String VERIFY_SCRIPT = "verify.sh";

  private final PlaySettings settings;
  private final Lesson lesson;
  private final Console console;
  private final Transcript transcript;
  private final String namespace;
  private final List<String> problems = new ArrayList<>();
  private int stated;
  private Optional<Workspace> workspace = Optional.empty();
  private Optional<LessonCluster> cluster = Optional.empty();
  private Optional<Moments> moments = Optional.empty();
  private String title;
  private final List<LessonReport.Moment> seen = new CopyOnWriteArrayList<>();
  private Optional<String> picture = Optional.empty();

  Play(PlaySettings settings, Lesson lesson, Console console) {
    this.settings = settings;
    this.lesson = lesson;
    this.title = lesson.name();
    this.console = console;
    this.transcript = new Transcript(console, Instant.now());
    this.namespace = lesson.name() + "-" + suffix();
  }

  private static String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX; i++) {
      suffix.append((char) ('a' + ThreadLocalRandom.current().nextInt('z' - 'a' + 1)));
    }
    return suffix.toString();
  }

  /**
   * Plays the lesson. Always removes what it created before it returns.
   *
   * @param whenDeleting called when the only remaining work is to wait for the namespace deletion
   * @throws InterruptedException if a signal stopped it
   * @throws Failure (missing) if this account cannot play any lesson on this cluster
   */
  Result run(Runnable whenDeleting) throws Exception {
    settings.stop().enter();
    try {
      Result result = ended(play());
      if (result.outcome() != Outcome.SKIPPED) {
        settings.lookAtBoard(moments.map(Moments::address));
      }
      return result;
    } catch (Failure failure) {
      if (failure.exitCode() != Failure.FAILED) {
        throw failure;
      }
      return ended(Result.failed(lesson.name(), transcript.elapsed(), failure.getMessage()));
    } finally {
      settings.stop().leave();
      cleanUp(whenDeleting);
    }
  }

  private Result ended(Result result) {
    transcript.verdict(result);
    // An interrupt must not stop the writing of the record.
    boolean interrupted = Thread.interrupted();
    try {
      settings
          .whenEnded()
          .accept(new PlayedLesson(lesson, title, result, List.copyOf(seen), picture));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return result;
  }

  private Result play() throws Exception {
    LessonText text;
    try {
      text = lesson.read(settings.language());
    } catch (InvalidLesson invalid) {
      return Result.failed(lesson.name(), transcript.elapsed(), invalid.getMessage());
    }
    title = text.title();
    transcript.title(lesson, text);
    if (settings.version().isPresent() && settings.version().get().compareTo(text.oldest()) < 0) {
      return skipped(
          "needs Kubernetes "
              + text.oldest()
              + " or newer; the cluster runs "
              + settings.version().get());
    }
    Workspace files = Workspace.of(lesson, settings.images(), settings.kubeconfig());
    workspace = Optional.of(files);
    LessonCluster lessons =
        new LessonCluster(settings.shell(), settings.kubectl(), namespace, files);
    // Set before the creation: after an interruption the namespace may exist.
    cluster = Optional.of(lessons);
    try {
      lessons.create(lesson.name());
    } catch (Failure failure) {
      if (failure.exitCode() == Failure.MISSING) {
        // The namespace was not created.
        cluster = Optional.empty();
      }
      throw failure;
    }
    moments = settings.startBoard(console, namespace, files.kubeconfig());
    console.say(
        "playing in namespace "
            + namespace
            + moments
                .filter(any -> settings.showsBoard())
                .map(on -> "; board: " + on.address())
                .orElse(""));
    lessons.awaitUsable(ImageCheck.pod(settings.images().of(Service.DEMO_APP, "any")));

    Optional<String> lacking = new Prerequisites(settings, lessons).lacking(text);
    if (lacking.isPresent()) {
      return skipped(lacking.get());
    }
    followMoments();
    Instant begin = Instant.now();
    if (settings.check() && verify(line -> {}).outcome() == Outcome.PASSED) {
      problem(VERIFY_SCRIPT + " must fail before the lesson is played, but it passed");
    }
    Masks masks = new Masks(namespace, lesson.name(), lessons.nodes());
    for (LessonText.Part part : shown(text.parts())) {
      if (part instanceof Prose prose) {
        transcript.prose(prose.lines());
      } else if (part instanceof Block block) {
        play(block, masks);
      }
    }
    transcript.blank();
    Verification verification = verify(this::show);
    if (settings.report()) {
      picture = moments.flatMap(on -> on.picture(Duration.between(begin, Instant.now())));
    }
    moments.ifPresent(Moments::silence);
    return Result.of(lesson.name(), transcript.elapsed(), problems, verification);
  }

  /** Removes the link lists, which are useful only in the document. */
  private static List<LessonText.Part> shown(List<LessonText.Part> parts) {
    return parts.stream()
        .map(
            part ->
                part instanceof Prose prose
                    ? new Prose(LinkLists.removedFrom(prose.lines()))
                    : part)
        .toList();
  }

  private Result skipped(String reason) {
    return Result.skipped(lesson.name(), transcript.elapsed(), reason);
  }

  private void problem(String text) {
    problems.add(text);
    transcript.problem(text);
  }

  private void followMoments() throws InterruptedException {
    if (moments.isPresent()) {
      try {
        moments.get().follow(this::moment);
      } catch (Failure | IOException notReady) {
        console.say("playing without moments: the board did not start: " + notReady.getMessage());
      }
    }
  }

  private void moment(MomentFeed.Line moment) {
    transcript.moment(moment);
    seen.add(new LessonReport.Moment(transcript.since(moment.time()), moment.text()));
  }

  private void play(Block block, Masks masks) throws InterruptedException {
    Optional<ConsoleLines> shown =
        block
            .shown()
            .map(lines -> lines.stream().map(settings.images()::in).toList())
            .map(lines -> new ConsoleLines(lines, masks));
    List<String> printed = new ArrayList<>();
    boolean watch = false;
    Optional<Prompt> enter = settings.step();
    for (String original : block.commands()) {
      String command = settings.images().in(original);
      transcript.command(command);
      if (enter.isPresent()) {
        // Once per block, so that a trainer can explain the commands first.
        enter.get().require("to run it", "--step");
        enter = Optional.empty();
      }
      watch = ShellCommands.isWatch(command);
      if (watch) {
        ConsoleLines.Watching watching = shown.orElseThrow().watching();
        printed.forEach(watching::sees);
        watch(command, watching);
      } else {
        run(command, printed);
      }
    }
    if (settings.check() && !watch && shown.isPresent()) {
      shown
          .get()
          .difference(printed)
          .ifPresent(
              difference ->
                  problem(
                      "the output of `"
                          + firstLine(block.commands().get(0))
                          + "` differs from the lesson: "
                          + difference));
    }
    transcript.blank();
  }

  private void run(String command, List<String> printed) throws InterruptedException {
    Shell.Ended ended =
        settings
            .shell()
            .run(
                cluster.orElseThrow().bash("-c", command),
                COMMAND,
                line -> {
                  transcript.output(line);
                  printed.add(line);
                  return false;
                });
    if (ended.late()) {
      problem("`" + firstLine(command) + "` timed out after " + COMMAND.toSeconds() + " s");
    } else if (!ended.well()) {
      problem("`" + firstLine(command) + "` failed with exit code " + ended.exitCode());
    }
  }

  private void watch(String command, ConsoleLines.Watching watching) throws InterruptedException {
    Shell.Ended ended =
        settings
            .shell()
            .run(
                cluster.orElseThrow().bash("-c", command),
                WATCH,
                line -> {
                  transcript.output(line);
                  return watching.sees(line);
                });
    watching
        .missing()
        .ifPresent(
            line ->
                problem(
                    "`"
                        + firstLine(command)
                        + (ended.late()
                            ? "` did not print this line within " + WATCH.toSeconds() + " s: "
                            : "` ended and did not print this line: ")
                        + line));
  }

  private static String firstLine(String command) {
    return command.lines().findFirst().orElse("");
  }

  private void show(TapLine line) {
    if (line instanceof TapLine.Other other) {
      transcript.output(other.text());
    } else if (line instanceof TapLine.Promise promise) {
      transcript.promise(promise, ++stated);
    }
  }

  private Verification verify(Consumer<TapLine> eachLine) throws InterruptedException {
    List<TapLine> lines = new ArrayList<>();
    Shell.Ended ended =
        settings
            .shell()
            .run(
                cluster.orElseThrow().script(VERIFY_SCRIPT),
                VERIFY,
                line -> {
                  TapLine tap = TapLine.of(line);
                  lines.add(tap);
                  eachLine.accept(tap);
                  return false;
                });
    return ended.late()
        ? Verification.late(lines, VERIFY)
        : Verification.of(lines, ended.exitCode());
  }

  /** Tries every step, even if one fails. Does not change the result. */
  private void cleanUp(Runnable whenDeleting) {
    moments.ifPresent(Moments::silence);
    cluster.ifPresent(
        any ->
            attempt(
                () -> new Cleanup(settings, console).run(any, whenDeleting),
                "; remove the rest with " + settings.kubectl("delete namespace " + namespace)));
    moments.ifPresent(any -> attempt(any::end, ""));
    workspace.ifPresent(
        any ->
            attempt(
                any::close,
                "; delete the directory " + any.root() + ", because it contains credentials"));
  }

  private interface Step {
    void run() throws Exception;
  }

  private void attempt(Step step, String advice) {
    try {
      step.run();
    } catch (Exception e) {
      console.say("cannot clean up: " + e + advice);
    }
  }
}
