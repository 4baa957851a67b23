package io.podlab.probe.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final long SECOND = 1_000_000_000;

  private final SettableUptime settable = SettableUptime.begun();
  private final Uptime uptime = settable.uptime();
  private final Timeline timeline = new Timeline(Schedule.parse("ok:10s,fail"), uptime);

  @Test
  void followsTheConfiguredScheduleExactly() {
    // Given
    settable.advance(Duration.ofSeconds(10));
    State atTen = timeline.state();

    // When
    settable.advance(Duration.ofNanos(1));

    // Then
    assertThat(atTen).isEqualTo(State.OK);
    assertThat(timeline.state()).isEqualTo(State.FAIL);
  }

  @Test
  void startsANewScheduleNow() {
    // Given
    settable.advance(Duration.ofSeconds(60));

    // When
    timeline.begin(Schedule.parse("hang:5s,ok"), 0);

    // Then
    assertThat(timeline.now())
        .isEqualTo(
            new Timeline.Snapshot(
                State.HANG,
                60 * SECOND,
                OptionalLong.of(65 * SECOND),
                State.OK,
                Schedule.parse("hang:5s,ok"),
                0));
    settable.advance(Duration.ofSeconds(5).plusNanos(1));
    assertThat(timeline.state()).isEqualTo(State.OK);
  }

  @Test
  void failsTheNextProbesRegardlessOfTheSchedule() {
    // When
    timeline.failNext(3);

    // Then
    List<State> answers =
        IntStream.range(0, 5).mapToObj(i -> timeline.answer(uptime.nanos()).state()).toList();
    assertThat(answers).containsExactly(State.FAIL, State.FAIL, State.FAIL, State.OK, State.OK);
  }

  @Test
  void doesNotDecrementFailNextWhenRead() {
    // Given
    timeline.failNext(1);

    // When
    timeline.state();
    timeline.now();

    // Then
    assertThat(timeline.answer(uptime.nanos()).state()).isEqualTo(State.FAIL);
  }

  @Test
  void returnsToTheScheduleOnZero() {
    // Given
    timeline.failNext(1000);

    // When
    timeline.failNext(0);

    // Then
    assertThat(timeline.answer(uptime.nanos()).state()).isEqualTo(State.OK);
  }

  @Test
  void knowsTheStartOfFailNextAndOfTheStateAfterIt() {
    // Given
    settable.advance(Duration.ofSeconds(2));
    timeline.failNext(2);
    settable.advance(Duration.ofSeconds(1));
    timeline.answer(uptime.nanos());
    long whileFailing = timeline.now().since();
    settable.advance(Duration.ofSeconds(1));

    // When
    timeline.answer(uptime.nanos());

    // Then
    assertThat(whileFailing).isEqualTo(2 * SECOND);
    assertThat(timeline.now().since()).isEqualTo(4 * SECOND);
  }

  @Test
  void keepsTheStartTimeIfTheStateStaysTheSame() {
    // Given
    settable.advance(Duration.ofSeconds(12));

    // When
    timeline.failNext(3);

    // Then
    assertThat(timeline.now().since()).isEqualTo(10 * SECOND);
    timeline.failNext(0);
    assertThat(timeline.now().since()).isEqualTo(10 * SECOND);
  }

  @Test
  void hasNoEndBeyondTheRangeOfTime() {
    // Given
    settable.advance(Duration.ofSeconds(60));

    // When
    timeline.begin(Schedule.parse("ok:2562047h47m,fail"), 0);

    // Then
    assertThat(timeline.now().until()).isEmpty();
  }

  @Test
  void callsBackForEveryChangeAndAfterTheLastFailure() {
    // Given
    AtomicInteger told = new AtomicInteger();
    Runnable end = timeline.onUpdate(told::incrementAndGet);

    // When
    timeline.failNext(2);
    timeline.answer(0);
    assertThat(told).hasValue(1);
    timeline.answer(0);
    assertThat(told).hasValue(2);
    timeline.begin(Schedule.parse("fail"), 0);
    timeline.reset();

    // Then
    assertThat(told).hasValue(4);
    end.run();
    timeline.reset();
    assertThat(told).hasValue(4);
  }

  @Test
  void returnsToTheConfiguredScheduleWithItsOldStartTime() {
    // Given
    settable.advance(Duration.ofSeconds(4));
    timeline.begin(Schedule.parse("drop"), 7);
    settable.advance(Duration.ofSeconds(4));

    // When
    timeline.reset();

    // Then
    assertThat(timeline.now())
        .isEqualTo(
            new Timeline.Snapshot(
                State.OK,
                0,
                OptionalLong.of(10 * SECOND),
                State.FAIL,
                Schedule.parse("ok:10s,fail"),
                0));
  }

  @Test
  void neverMixesConcurrentChanges() throws Exception {
    // Given
    Schedule one = Schedule.parse("fail");
    Schedule other = Schedule.parse("hang");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 500; round++) {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> changes = List.of(begin(threads, go, one, 1), begin(threads, go, other, 2));

        // When
        go.countDown();
        for (Future<?> change : changes) {
          change.get();
        }

        // Then
        Timeline.Snapshot moment = timeline.now();
        assertThat(moment.failNext()).isEqualTo(moment.schedule().equals(one) ? 1 : 2);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Future<?> begin(
      ExecutorService threads, CountDownLatch go, Schedule schedule, int failNext) {
    return threads.submit(
        () -> {
          go.await();
          timeline.begin(schedule, failNext);
          return null;
        });
  }

  @Test
  void failsTheExactNumberOfConcurrentProbes() throws Exception {
    // Given
    timeline.begin(Schedule.parse("ok"), 1000);
    AtomicInteger failed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);

    // When
    try {
      List<Future<?>> askers =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            for (int n = 0; n < 1000; n++) {
                              if (timeline.answer(0).state() == State.FAIL) {
                                failed.incrementAndGet();
                              }
                            }
                          }))
              .toList();
      for (Future<?> asker : askers) {
        asker.get();
      }
    } finally {
      threads.shutdownNow();
    }

    // Then
    assertThat(failed).hasValue(1000);
  }
}
