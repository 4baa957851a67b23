package io.podlab.probe.answer;

import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A running schedule, with the changes that were made over HTTP. Each change replaces the complete
 * setting atomically, so concurrent changes never mix.
 */
public final class Timeline {
  /** The maximum of {@code failNext}: more than ten days of one probe per second. */
  public static final int MOST_FAIL_NEXT = 1_000_000;

  /**
   * @param from the uptime at which the schedule started, in nanoseconds
   * @param failNext the number of probes that fail, regardless of the schedule
   * @param changed the uptime at which failNext was set or reached 0, in nanoseconds
   */
  private record Setting(Schedule schedule, long from, int failNext, long changed) {
    State state(long now) {
      return failNext > 0 ? State.FAIL : schedule.at(now - from);
    }

    /** The uptime at which the state at {@code now} started. */
    long since(long now) {
      return failNext > 0 ? changed : Math.max(changed, from + schedule.since(now - from));
    }

    Setting failOnceLess(long now) {
      return new Setting(schedule, from, failNext - 1, failNext == 1 ? now : changed);
    }
  }

  /**
   * The state at one moment.
   *
   * @param since the uptime at which the state started, in nanoseconds
   * @param until the uptime of the last nanosecond of the state; empty if it is not known
   * @param next the state after this one, or after failNext; the same state if it never ends
   * @param failNext the number of further probes that fail, regardless of the schedule
   */
  public record Snapshot(
      State state, long since, OptionalLong until, State next, Schedule schedule, int failNext) {}

  /**
   * The answer to one probe.
   *
   * @param elapsed nanoseconds since the schedule started
   */
  record Answer(State state, long elapsed) {}

  private final Schedule configured;
  private final Uptime uptime;
  private final AtomicReference<Setting> setting;
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

  public Timeline(Schedule configured, Uptime uptime) {
    this.configured = configured;
    this.uptime = uptime;
    this.setting = new AtomicReference<>(initial());
  }

  private Setting initial() {
    return new Setting(configured, 0, 0, 0);
  }

  /**
   * Calls back after each change that time alone does not cause.
   *
   * @return ends the subscription
   */
  Runnable onUpdate(Runnable callback) {
    watchers.add(callback);
    return () -> watchers.remove(callback);
  }

  private void changed() {
    watchers.forEach(Runnable::run);
  }

  /** The current state; does not count as a probe. */
  public State state() {
    return setting.get().state(uptime.nanos());
  }

  /** Answers a probe that arrived at this uptime, and decrements {@code failNext}. */
  Answer answer(long now) {
    while (true) {
      Setting seen = setting.get();
      if (seen.failNext() == 0) {
        return new Answer(seen.schedule().at(now - seen.from()), now - seen.from());
      }
      Setting less = seen.failOnceLess(now);
      if (setting.compareAndSet(seen, less)) {
        if (less.failNext() == 0) {
          changed();
        }
        return new Answer(State.FAIL, now - seen.from());
      }
    }
  }

  public Snapshot now() {
    Setting seen = setting.get();
    long now = uptime.nanos();
    long elapsed = now - seen.from();
    if (seen.failNext() > 0) {
      return new Snapshot(
          State.FAIL,
          seen.since(now),
          OptionalLong.empty(),
          seen.schedule().at(elapsed),
          seen.schedule(),
          seen.failNext());
    }
    State state = seen.schedule().at(elapsed);
    OptionalLong until = seen.schedule().until(elapsed);
    if (until.isPresent() && seen.from() + until.getAsLong() < 0) {
      until = OptionalLong.empty();
    }
    return new Snapshot(
        state,
        seen.since(now),
        until.isPresent() ? OptionalLong.of(seen.from() + until.getAsLong()) : until,
        until.isPresent() ? seen.schedule().at(until.getAsLong() + 1) : state,
        seen.schedule(),
        0);
  }

  public Schedule configured() {
    return configured;
  }

  /** Starts another schedule now. Its first {@code failNext} probes fail. */
  void begin(Schedule schedule, int failNext) {
    long now = uptime.nanos();
    setting.set(new Setting(schedule, now, failNext, now));
    changed();
  }

  /** Makes the next probes fail, regardless of the schedule. 0 returns to the schedule. */
  void failNext(int count) {
    setting.updateAndGet(
        seen -> {
          long now = uptime.nanos();
          Setting next = new Setting(seen.schedule(), seen.from(), count, now);
          // If the state stays the same, it keeps its start time.
          return next.state(now) == seen.state(now)
              ? new Setting(seen.schedule(), seen.from(), count, seen.since(now))
              : next;
        });
    changed();
  }

  /** Returns to the configured schedule, whose time still counts from the start of the program. */
  void reset() {
    setting.set(initial());
    changed();
  }
}
