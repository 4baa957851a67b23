package io.podlab.probe.answer;

import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A schedule as it runs: since when, and what was set in its place. Every change replaces the whole
 * of it at once, so that of two changes at the same time one wins whole.
 */
public final class Timeline {
  /** Of {@code failNext}: enough for a day of probing every second, ten times over. */
  public static final int MOST_FAIL_NEXT = 1_000_000;

  /**
   * @param schedule what is in effect
   * @param from the uptime at which it began, in nanoseconds
   * @param failNext how many probes fail whatever it says
   * @param changed the uptime at which failNext was set, or used up, in nanoseconds
   */
  private record Setting(Schedule schedule, long from, int failNext, long changed) {
    State state(long now) {
      return failNext > 0 ? State.FAIL : schedule.at(now - from);
    }

    /** The uptime since which the state of that uptime holds. */
    long since(long now) {
      return failNext > 0 ? changed : Math.max(changed, from + schedule.since(now - from));
    }

    Setting failOnceLess(long now) {
      return new Setting(schedule, from, failNext - 1, failNext == 1 ? now : changed);
    }
  }

  /**
   * One look at it.
   *
   * @param state what is answered
   * @param since the uptime since which that holds, in nanoseconds
   * @param until the last nanosecond of it, if its end is known
   * @param next the state after it, or after failNext; the same one if there is no end
   * @param schedule what is in effect
   * @param failNext how many probes still fail whatever the schedule says
   */
  public record Snapshot(
      State state, long since, OptionalLong until, State next, Schedule schedule, int failNext) {}

  /**
   * What a prober is answered.
   *
   * @param state what it gets
   * @param elapsed nanoseconds since the schedule began
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

  /** Calls back after whatever does not come from the passing of time; ends with the handle. */
  Runnable onUpdate(Runnable callback) {
    watchers.add(callback);
    return () -> watchers.remove(callback);
  }

  private void changed() {
    watchers.forEach(Runnable::run);
  }

  /** What a prober would be answered, without answering one. */
  public State state() {
    return setting.get().state(uptime.nanos());
  }

  /** Answers a prober who asked at that uptime, and uses up one of {@code failNext}. */
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

  /** Begins another schedule now; {@code failNext} of its probes fail first. */
  void begin(Schedule schedule, int failNext) {
    long now = uptime.nanos();
    setting.set(new Setting(schedule, now, failNext, now));
    changed();
  }

  /** The next so many probes fail, whatever the schedule says; zero heals. */
  void failNext(int count) {
    setting.updateAndGet(
        seen -> {
          long now = uptime.nanos();
          Setting next = new Setting(seen.schedule(), seen.from(), count, now);
          // What goes on failing, or being well, has not begun to only now.
          return next.state(now) == seen.state(now)
              ? new Setting(seen.schedule(), seen.from(), count, seen.since(now))
              : next;
        });
    changed();
  }

  /** As if nothing had been changed: the time of the configured schedule has run on. */
  void reset() {
    setting.set(initial());
    changed();
  }
}
