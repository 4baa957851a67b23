package io.podlab.lab.lesson;

import io.podlab.lab.console.Console;
import io.podlab.lab.record.Outcome;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Plays lessons, one after the other or in parallel. */
final class Player {
  private final Console console;
  private final PlaySettings settings;
  private final int parallel;
  private final Supplier<Path> logs;

  /** An error that would end every play. */
  private volatile Exception impossible;

  private final Semaphore slots;

  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param parallel the number of parallel plays; with more than one, each writes to a log file
   * @param logs the folder of the log files; called only if it is needed
   */
  Player(Console console, PlaySettings settings, int parallel, Supplier<Path> logs) {
    this.console = console;
    this.settings = settings;
    this.parallel = parallel;
    this.logs = logs;
    this.slots = new Semaphore(parallel, true);
  }

  /**
   * The results of the lessons.
   *
   * @param results in the order of the lessons
   * @param impossible why the remaining lessons could not be played
   */
  record Played(List<Result> results, Optional<Exception> impossible) {}

  /**
   * Plays the lessons. A signal stops the plays, lets them clean up, and ends this process with the
   * exit code of the signal. If a play finds that this cluster cannot play any lesson, no further
   * play starts; the running ones finish.
   */
  Played play(List<Lesson> lessons) throws Exception {
    Thread onSignal = new Thread(this::stop, "stop on signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      return playAll(lessons);
    } finally {
      ended.countDown();
      settings.stop().endOfWork(onSignal);
    }
  }

  private void stop() {
    settings.stop().request();
    console.say("stopping and cleaning up");
    try {
      if (!ended.await(Cleanup.LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        console.say(
            "the cleanup timed out; remove the namespaces of all lessons with "
                + settings.kubectl("delete namespace -l " + LessonCluster.LABEL)
                + ", and see `lab play --help` for what else may be left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Played playAll(List<Lesson> lessons) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(parallel == 1 ? 1 : lessons.size());
    try {
      List<Future<Result>> plays = new ArrayList<>();
      for (Lesson lesson : lessons) {
        plays.add(pool.submit(() -> play(lesson)));
      }
      List<Result> results = new ArrayList<>();
      for (Future<Result> play : plays) {
        try {
          results.add(play.get());
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          // The first exception is in `impossible`.
        }
      }
      return new Played(List.copyOf(results), Optional.ofNullable(impossible));
    } finally {
      pool.shutdown();
      pool.awaitTermination(Cleanup.LONGEST.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private Result play(Lesson lesson) throws Exception {
    Slot slot = new Slot();
    try {
      if (impossible != null || settings.stop().isRequested()) {
        throw new InterruptedException();
      }
      return parallel == 1
          ? new Play(settings, lesson, console).run(() -> {})
          : beside(lesson, slot::free);
    } catch (Exception e) {
      if (impossible == null) {
        impossible = e;
      }
      throw e;
    } finally {
      slot.free();
    }
  }

  /** One of the parallel slots. It is free again when the deletion has started. */
  private final class Slot {
    private final AtomicBoolean taken = new AtomicBoolean(true);

    Slot() throws InterruptedException {
      slots.acquire();
    }

    void free() {
      if (taken.getAndSet(false)) {
        slots.release();
      }
    }
  }

  private Result beside(Lesson lesson, Runnable whenDeleting) throws Exception {
    console.say(lesson.name() + " started");
    Path log = logs.get().resolve(lesson.name() + ".log");
    Result result;
    try (PrintStream file = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      result = new Play(settings, lesson, new Console(file, file, false)).run(whenDeleting);
    }
    console.print(
        result.outcome() == Outcome.FAILED
            ? "---- "
                + lesson.name()
                + " failed; its log is "
                + log
                + "\n"
                + Files.readString(log, StandardCharsets.UTF_8)
                + "----"
            : result.line());
    return result;
  }
}
