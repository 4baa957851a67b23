package io.podlab.lab.lesson;

import io.podlab.lab.console.Console;
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

/** Plays lessons, one after the other or several at a time. */
final class Player {
  private final Console console;
  private final PlaySettings settings;
  private final int parallel;
  private final Supplier<Path> logs;

  /** What has ended one play would end each. */
  private volatile Exception impossible;

  private final Semaphore slots;

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
    this.slots = new Semaphore(parallel, true);
  }

  /**
   * What became of the lessons.
   *
   * @param results in the order of the lessons
   * @param impossible why the others could not be played
   */
  record Played(List<Result> results, Optional<Exception> impossible) {}

  /**
   * Plays them. A signal ends the plays, lets them clean up, and ends this process with the
   * signal's exit code. If one of them finds that no lesson can be played here, no other begins;
   * those under way are played to their end.
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
    console.say("stopping, and cleaning up");
    try {
      if (!ended.await(Cleanup.LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        console.say(
            "the cleanup does not end; "
                + settings.kubectl("delete namespace -l " + LessonCluster.LABEL)
                + " removes the namespaces of all lessons, and `lab play --help` says what else"
                + " may be left");
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
          // The first one of these is `impossible`.
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

  /** One of those that may be played at a time. Free again when the deletion has begun. */
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
    console.say(lesson.name() + " begins");
    Path log = logs.get().resolve(lesson.name() + ".log");
    Result result;
    try (PrintStream file = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      result = new Play(settings, lesson, new Console(file, file, false)).run(whenDeleting);
    }
    console.print(
        result.outcome() == Outcome.FAILED
            ? "---- "
                + lesson.name()
                + ", also in "
                + log
                + "\n"
                + Files.readString(log, StandardCharsets.UTF_8)
                + "----"
            : result.line());
    return result;
  }
}
