package io.podlab.probe.answer;

import io.podlab.probe.schedule.State;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Calls when the state of a timeline has become another one: for what cannot wait until it is
 * asked, such as a port that closes. The state is always computed anew; a timer only says when to
 * look, and one that fires late shifts nothing.
 */
public final class Transitions {
  /** Longer than a timer can be, a schedule is; then it is looked at in between. */
  private static final Duration LONGEST_TIMER = Duration.ofHours(1);

  private static final int NANOS_OF_MILLI = 1_000_000;
  private static final long NONE = -1;

  /** Called in order, on one thread of the event loop. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param before null at the first call, which tells of the state at the start
     * @param now what it has become
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
    this.unsubscribe = timeline.onUpdate(this::lookSoon);
  }

  /** Watches until {@link #end}, with a first call for the state that there is. */
  public static Transitions watch(
      Timeline timeline, Uptime uptime, Vertx vertx, Listener listener) {
    Transitions transitions = new Transitions(timeline, uptime, vertx, listener);
    transitions.lookSoon();
    uptime.atBegin(transitions::lookSoon);
    return transitions;
  }

  private void lookSoon() {
    context.runOnContext(now -> look());
  }

  private void look() {
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
      until.ifPresent(end -> timer = vertx.setTimer(millisUntilAfter(end), fired -> look()));
    }
  }

  private long millisUntilAfter(long end) {
    long nanos = end - uptime.nanos() + 1;
    long millis = (nanos + NANOS_OF_MILLI - 1) / NANOS_OF_MILLI;
    return Math.max(1, Math.min(millis, LONGEST_TIMER.toMillis()));
  }

  /** No call after this one, if it is made on the thread of the calls. */
  public void end() {
    ended = true;
    unsubscribe.run();
    lookSoon();
  }
}
