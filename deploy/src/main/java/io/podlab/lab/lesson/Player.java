package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Plays lessons, one after the other or several at a time. */
final class Player {
  /** Longer than any cleanup takes. */
  private static final Duration CLEANUP = Duration.ofMinutes(5);

  private final Console console;
  private final PlaySettings settings;
  private final int parallel;
  private final Supplier<Path> logs;

  /** What has ended one play would end each. */
  private volatile boolean impossible;

  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param parallel how many at a time; with more than one, the output of each goes to a file
   * @param logs the folder of these files; asked for if there are any
   */
  Player(Console console, PlaySettings settings, int parallel, Supplier<Path> logs) {
    this.console = console;
    this.settings = settings;
    this.parallel = parallel;
    this.logs = logs;
  }

  /**
   * The results in the order of the lessons. A signal ends the plays, lets them clean up, and ends
   * this process with the signal's exit code.
   *
   * @throws Failure (missing) if no lesson can be played here; those under way are played to their
   *     end
   */
  List<Result> play(List<Lesson> lessons) throws Exception {
    Thread onSignal = new Thread(this::stop, "stop on signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return playAll(lessons);
    } finally {
      ended.countDown();
      if (settings.stop().isRequested()) {
        StopRequest.leaveItToTheSignal();
      }
      Runtime.getRuntime().removeShutdownHook(onSignal);
    }
  }

  private void stop() {
    settings.stop().request();
    console.say("stopping, and cleaning up");
    try {
      if (!ended.await(CLEANUP.toSeconds(), TimeUnit.SECONDS)) {
        console.say(
            "the cleanup does not end; `kubectl delete namespace -l "
                + LessonCluster.LABEL
                + "` removes what is left of all lessons");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Result> playAll(List<Lesson> lessons) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<Result>> plays = new ArrayList<>();
      for (Lesson lesson : lessons) {
        plays.add(pool.submit(() -> play(lesson)));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> play : plays) {
        results.add(play.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } finally {
      pool.shutdown();
      pool.awaitTermination(CLEANUP.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private Result play(Lesson lesson) throws Exception {
    if (impossible) {
      throw new InterruptedException();
    }
    try {
      return parallel == 1 ? new Play(settings, lesson, console).run() : beside(lesson);
    } catch (Exception e) {
      impossible = true;
      throw e;
    }
  }

  private Result beside(Lesson lesson) throws Exception {
    console.say(lesson.name() + " begins");
    Path log = logs.get().resolve(lesson.name() + ".log");
    Result result;
    try (PrintStream file = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      result = new Play(settings, lesson, new Console(file, file, false)).run();
    }
    switch (result.outcome()) {
      case HELD, SKIPPED -> console.print(result.line());
      case FAILED ->
          console.print(
              "---- "
                  + lesson.name()
                  + ", also in "
                  + log
                  + "\n"
                  + Files.readString(log, StandardCharsets.UTF_8)
                  + "----");
    }
    return result;
  }
}
