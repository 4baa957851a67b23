package io.podlab.probe.answer;

import io.podlab.probe.schedule.Schedule;
import io.podlab.probe.schedule.State;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One of the three: answers probers by its timeline, and remembers them. */
public final class Probe {
  private static final Logger LOG = Logger.getLogger(Probe.class);

  /** What one mechanism has seen. */
  private static final class Seen {
    final AtomicLong last = new AtomicLong(-1);
    final Map<State, LongAdder> answered = new EnumMap<>(State.class);
    final AtomicReference<State> lastAnswer = new AtomicReference<>();
    volatile Consumer<Duration> interval = none -> {};

    Seen() {
      for (State state : State.values()) {
        answered.put(state, new LongAdder());
      }
    }
  }

  private final ProbeType type;
  private final Timeline timeline;
  private final Uptime uptime;
  private final History history = new History();
  private final Map<Mechanism, Seen> seen = new EnumMap<>(Mechanism.class);
  private volatile boolean tcpIsExcluded;

  public Probe(ProbeType type, Schedule configured, Uptime uptime) {
    this.type = type;
    this.timeline = new Timeline(configured, uptime);
    this.uptime = uptime;
    for (Mechanism mechanism : Mechanism.values()) {
      seen.put(mechanism, new Seen());
    }
  }

  public ProbeType type() {
    return type;
  }

  public Timeline timeline() {
    return timeline;
  }

  public History history() {
    return history;
  }

  /**
   * Decides what a prober is answered, by this probe's timeline, and writes it down.
   *
   * @param headers of the request; kept, not copied
   */
  public ProbeRequest answer(
      Mechanism mechanism, SocketAddress from, Iterable<Map.Entry<String, String>> headers) {
    long now = uptime.nanos();
    return note(mechanism, from, headers, now, timeline.answer(now));
  }

  /** The same where something else than this probe's timeline has decided. */
  public ProbeRequest answered(Mechanism mechanism, SocketAddress from, State state) {
    long now = uptime.nanos();
    return note(
        mechanism, from, Map.<String, String>of().entrySet(), now, new Timeline.Answer(state, now));
  }

  private ProbeRequest note(
      Mechanism mechanism,
      SocketAddress from,
      Iterable<Map.Entry<String, String>> headers,
      long now,
      Timeline.Answer answer) {
    Seen byMechanism = seen.get(mechanism);
    byMechanism.answered.get(answer.state()).increment();
    long before = byMechanism.last.getAndSet(now);
    ProbeRequest request =
        history.add(
            number ->
                new ProbeRequest(
                    number,
                    now,
                    mechanism,
                    from,
                    headers,
                    answer.state(),
                    answer.elapsed(),
                    before < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, now - before)),
                    new AtomicLong(ProbeRequest.NOT_LEFT)));
    request
        .interval()
        .ifPresent(interval -> byMechanism.interval.accept(Duration.ofNanos(interval)));
    if (byMechanism.lastAnswer.get() != answer.state()) {
      logChange(request, byMechanism.lastAnswer.getAndSet(answer.state()));
    }
    return request;
  }

  private void logChange(ProbeRequest request, State before) {
    if (before != null && before != request.answer()) {
      LOG.infof(
          "%s probe %d, by %s from %s, is answered %s, and the one before by it %s",
          type,
          request.number(),
          request.mechanism(),
          request.from().host(),
          request.answer(),
          before);
    }
  }

  /** The prober of that request has left without waiting for the answer. */
  public void left(ProbeRequest request) {
    request.leftAt().set(uptime.nanos());
  }

  public void begin(Schedule schedule, int failNext) {
    LOG.infof("%s: %s, from now%s", type, schedule, failNext == 0 ? "" : ", " + first(failNext));
    timeline.begin(schedule, failNext);
  }

  public void failNext(int count) {
    LOG.infof("%s: %s", type, count == 0 ? "no more probes are made to fail" : first(count));
    timeline.failNext(count);
  }

  private static String first(int failNext) {
    return failNext == 1 ? "the next probe fails" : "the next " + failNext + " probes fail";
  }

  public void reset() {
    LOG.infof("%s: as configured, %s", type, timeline.configured());
    timeline.reset();
  }

  /** The tcp port has a schedule of its own: what it answers says nothing of this probe. */
  public void excludeTcp() {
    tcpIsExcluded = true;
  }

  /** How many were answered so by this probe's timeline, by any mechanism. */
  public long count(State state) {
    return seen.entrySet().stream()
        .filter(one -> !(tcpIsExcluded && one.getKey() == Mechanism.TCP))
        .mapToLong(one -> one.getValue().answered.get(state).sum())
        .sum();
  }

  /** Whether a tcp probe was among those that came: then some may have been refused, unseen. */
  public boolean wasConnectedTo() {
    return !tcpIsExcluded && seen.get(Mechanism.TCP).last.get() >= 0;
  }

  long count(Mechanism mechanism, State state) {
    return seen.get(mechanism).answered.get(state).sum();
  }

  /** Tells the time between two probes by that mechanism, on the thread that answers. */
  void onInterval(Mechanism mechanism, Consumer<Duration> interval) {
    seen.get(mechanism).interval = interval;
  }
}
