package io.podlab.probe.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.SettableClock;
import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Uptime uptime = new Uptime(new SettableClock(), System::nanoTime);
  private final List<State> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close();
  }

  private Transitions watch(Timeline timeline) {
    return Transitions.watch(timeline, uptime, vertx, (before, now) -> told.add(now));
  }

  @Test
  void reportsTheInitialStateAndNoChangeBeforeTheStart() {
    // Given
    Timeline timeline = new Timeline(Schedule.parse("ok:1ms,fail"), uptime);

    // When
    watch(timeline);

    // Then
    await().untilAsserted(() -> assertThat(told).containsExactly(State.OK));
    uptime.begin();
    await().untilAsserted(() -> assertThat(told).containsExactly(State.OK, State.FAIL));
  }

  @Test
  void reportsEachOfManyChangesOnce() {
    // Given
    Timeline timeline = new Timeline(Schedule.parse("ok:3ms,fail:2ms,repeat"), uptime);
    List<Boolean> agreed = new CopyOnWriteArrayList<>();

    // When
    Transitions.watch(timeline, uptime, vertx, (before, now) -> agreed.add(before != now));
    uptime.begin();

    // Then
    await().until(() -> agreed.size() > 200);
    assertThat(agreed).doesNotContain(false);
  }

  @Test
  void reportsChangesAndTheEndOfFailNext() {
    // Given
    uptime.begin();
    Timeline timeline = new Timeline(Schedule.parse("ok"), uptime);
    watch(timeline);
    await().until(() -> told.size() == 1);

    // When
    timeline.failNext(1);
    await().until(() -> told.size() == 2);
    timeline.answer(uptime.nanos());
    await().until(() -> told.size() == 3);
    timeline.begin(Schedule.parse("drop"), 0);
    await().until(() -> told.size() == 4);
    timeline.reset();
    await().until(() -> told.size() == 5);

    // Then
    assertThat(told).containsExactly(State.OK, State.FAIL, State.OK, State.DROP, State.OK);
  }

  @Test
  void reportsNothingAfterEnd() {
    // Given
    uptime.begin();
    Timeline timeline = new Timeline(Schedule.parse("ok"), uptime);
    Transitions transitions = watch(timeline);
    List<State> others = new CopyOnWriteArrayList<>();
    Transitions.watch(timeline, uptime, vertx, (before, now) -> others.add(now));
    await().until(() -> told.size() == 1);

    // When
    transitions.end();
    timeline.begin(Schedule.parse("fail"), 0);

    // Then
    await().until(() -> others.contains(State.FAIL));
    assertThat(told).containsExactly(State.OK);
  }
}
