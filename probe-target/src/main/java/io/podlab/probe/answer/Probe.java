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

/** One probe: answers requests according to its timeline, and records them. */
public final class Probe {
  private static final Logger LOG = Logger.getLogger(Probe.class);

  /** The requests by one mechanism. */
  private static final class Statistics {
    final AtomicLong last = new AtomicLong(-1);
    final Map<State, LongAdder> answered = new EnumMap<>(State.class);
    final AtomicReference<State> lastAnswer = new AtomicReference<>();
    volatile Consumer<Duration> interval = none -> {};

    Statistics() {
      for (State state : State.values()) {
        answered.put(state, new LongAdder());
      }
    }
  }

  private final ProbeType type;
  private final Timeline timeline;
  private final Uptime uptime;
  private final History history = new History();
  private final Map<Mechanism, Statistics> statistics = new EnumMap<>(Mechanism.class);
  private volatile boolean tcpIsExcluded;

  public Probe(ProbeType type, Schedule configured, Uptime uptime) {
    this.type = type;
    this.timeline = new Timeline(configured, uptime);
    this.uptime = uptime;
    for (Mechanism mechanism : Mechanism.values()) {
      statistics.put(mechanism, new Statistics());
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
   * Decides the answer to a request from the timeline, and records it.
   *
   * @param headers kept without a copy
   */
  public ProbeRequest answer(
      Mechanism mechanism, SocketAddress from, Iterable<Map.Entry<String, String>> headers) {
    long now = uptime.nanos();
    return record(mechanism, from, headers, now, timeline.answer(now));
  }

  /** Records an answer that something other than this timeline decided. */
  public ProbeRequest answered(Mechanism mechanism, SocketAddress from, State state) {
    long now = uptime.nanos();
    return record(
        mechanism, from, Map.<String, String>of().entrySet(), now, new Timeline.Answer(state, now));
  }

  private ProbeRequest record(
      Mechanism mechanism,
      SocketAddress from,
      Iterable<Map.Entry<String, String>> headers,
      long now,
      Timeline.Answer answer) {
    Statistics byMechanism = statistics.get(mechanism);
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
          "%s probe %d over %s from %s: the answer changed from %s to %s",
          type,
          request.number(),
          request.mechanism(),
          request.from().host(),
          before,
          request.answer());
    }
  }

  /** Records that the client of this request disconnected before the answer. */
  public void left(ProbeRequest request) {
    request.leftAt().set(uptime.nanos());
  }

  public void begin(Schedule schedule, int failNext) {
    LOG.infof(
        "%s: schedule set to %s%s", type, schedule, failNext == 0 ? "" : "; " + first(failNext));
    timeline.begin(schedule, failNext);
  }

  public void failNext(int count) {
    LOG.infof("%s: %s", type, count == 0 ? "failNext set to 0" : first(count));
    timeline.failNext(count);
  }

  private static String first(int failNext) {
    return failNext == 1 ? "the next probe fails" : "the next " + failNext + " probes fail";
  }

  public void reset() {
    LOG.infof("%s: schedule reset to %s", type, timeline.configured());
    timeline.reset();
  }

  /** Excludes TCP from {@link #count(State)}, because the TCP port has its own schedule. */
  public void excludeTcp() {
    tcpIsExcluded = true;
  }

  /** The number of requests with this answer, over all mechanisms that follow the timeline. */
  public long count(State state) {
    return statistics.entrySet().stream()
        .filter(one -> !(tcpIsExcluded && one.getKey() == Mechanism.TCP))
        .mapToLong(one -> one.getValue().answered.get(state).sum())
        .sum();
  }

  /** Whether TCP probes arrived, of which the kernel may have refused others unnoticed. */
  public boolean hasTcpProbes() {
    return !tcpIsExcluded && statistics.get(Mechanism.TCP).last.get() >= 0;
  }

  long count(Mechanism mechanism, State state) {
    return statistics.get(mechanism).answered.get(state).sum();
  }

  /** Calls back with the time between two requests by a mechanism, on the thread that answers. */
  void onInterval(Mechanism mechanism, Consumer<Duration> interval) {
    statistics.get(mechanism).interval = interval;
  }
}
