package io.podlab.probe.answer;

import io.podlab.probe.schedule.State;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Calls back when the state of a timeline changes, for features that cannot wait for a request,
 * such as a port that closes. A timer only decides when to compute the state again, so a late timer
 * does not shift the schedule.
 */
public final class Transitions {
  /** A state can last longer than the maximum of a timer, so look at least this often. */
  private static final Duration LONGEST_TIMER = Duration.ofHours(1);

  private static final int NANOS_OF_MILLI = 1_000_000;
  private static final long NONE = -1;

  /** Called in order, on one event loop thread. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param before null for the first call, which reports the initial state
     */
    void changed(State before, State now);
  }

  private final Timeline timeline;
  private final Uptime uptime;
  private final Vertx vertx;
  private final Context context;
  private final Listener listener;
  private final Runnable unsubscribe;
  private State last;
  private long timer = NONE;
  private volatile boolean ended;

  private Transitions(Timeline timeline, Uptime uptime, Vertx vertx, Listener listener) {
    this.timeline = timeline;
    this.uptime = uptime;
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.listener = listener;
    this.unsubscribe = timeline.onUpdate(this::scheduleUpdate);
  }

  /** Watches until {@link #end}. The first call reports the current state. */
  public static Transitions watch(
      Timeline timeline, Uptime uptime, Vertx vertx, Listener listener) {
    Transitions transitions = new Transitions(timeline, uptime, vertx, listener);
    transitions.scheduleUpdate();
    uptime.atBegin(transitions::scheduleUpdate);
    return transitions;
  }

  private void scheduleUpdate() {
    context.runOnContext(now -> update());
  }

  private void update() {
    if (timer != NONE) {
      vertx.cancelTimer(timer);
      timer = NONE;
    }
    if (ended) {
      return;
    }
    Timeline.Snapshot moment = timeline.now();
    State before = last;
    last = moment.state();
    if (before != last) {
      listener.changed(before, last);
    }
    if (uptime.runs() && !ended) {
      OptionalLong until = moment.until();
      until.ifPresent(end -> timer = vertx.setTimer(millisUntilAfter(end), fired -> update()));
    }
  }

  private long millisUntilAfter(long end) {
    long nanos = end - uptime.nanos() + 1;
    long millis = (nanos + NANOS_OF_MILLI - 1) / NANOS_OF_MILLI;
    return Math.max(1, Math.min(millis, LONGEST_TIMER.toMillis()));
  }

  /** Stops the calls. If the caller is on the thread of the calls, no further call follows. */
  public void end() {
    ended = true;
    unsubscribe.run();
    scheduleUpdate();
  }
}
