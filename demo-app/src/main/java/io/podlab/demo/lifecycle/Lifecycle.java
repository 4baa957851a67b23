package io.podlab.demo.lifecycle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;

/**
 * Records lifecycle events and sends them to the clients that follow the timeline. A lock guards
 * the history. Events are rare, and only the first request of each kind is an event.
 */
@Startup
@Singleton
public final class Lifecycle {
  /** Limit for events that repeat, such as readiness changes. A further one removes the oldest. */
  static final int MOST_REPEATED = 100;

  static final int MOST_FOLLOWERS = 100;

  /** Limit for unread messages of one client. A further one disconnects the client. */
  private static final int MOST_UNREAD = 512;

  private static final int LONGEST_DETAIL = 200;

  private final Clock clock;
  private final Instant start;
  private final Optional<Duration> containerRuntime;
  private final Traffic traffic;
  private final MeterRegistry meters;
  private final AtomicLongArray latest = new AtomicLongArray(Milestone.values().length);

  private final Object lock = new Object();
  private final List<Occurrence> history = new ArrayList<>();
  private final Set<Milestone> measured = EnumSet.noneOf(Milestone.class);
  private final Set<MultiEmitter<? super FollowerMessage>> followers = new HashSet<>();
  private final Semaphore roomForFollowers = new Semaphore(MOST_FOLLOWERS);

  @Inject
  Lifecycle(Clock clock, Traffic traffic, MeterRegistry meters) {
    this(
        clock,
        clock.instant().minus(ProcessAge.current()),
        ProcessAge.ofTheContainerRuntime(),
        traffic,
        meters);
  }

  Lifecycle(
      Clock clock,
      Instant start,
      Optional<Duration> containerRuntime,
      Traffic traffic,
      MeterRegistry meters) {
    this.clock = clock;
    this.start = start.truncatedTo(ChronoUnit.MILLIS);
    this.containerRuntime = containerRuntime;
    this.traffic = traffic;
    this.meters = meters;
    add(
        new Occurrence(
            Milestone.PROCESS_START,
            this.start,
            Duration.ZERO,
            containerRuntime.map(
                time ->
                    GoDuration.format(time) + " after the container's first process was created")));
  }

  void listening(@ObservesAsync HttpServerStart server) {
    record(Milestone.LISTENING);
    record(Milestone.READY, "the server is listening");
  }

  /** Start time of the process, after the work of the container runtime. */
  public Instant start() {
    return start;
  }

  public void record(Milestone milestone) {
    add(occurrence(milestone, now(), Optional.empty()));
  }

  /**
   * @param detail readable text; reduced to one line and 200 characters
   */
  public void record(Milestone milestone, String detail) {
    record(milestone, detail, now());
  }

  /**
   * @param at time of the event if it is noticed later; an earlier time becomes the start
   */
  public void record(Milestone milestone, String detail, Instant at) {
    String line = detail.replaceAll("\\p{Cntrl}+", " ").strip();
    add(
        occurrence(
            milestone,
            at.isBefore(start) ? start : at.truncatedTo(ChronoUnit.MILLIS),
            Optional.of(
                line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "…" : line)));
  }

  private void add(Occurrence occurrence) {
    Milestone milestone = occurrence.event();
    latest.set(milestone.ordinal(), occurrence.at().toEpochMilli());
    synchronized (lock) {
      if (measured.add(milestone)) {
        measure(milestone);
      }
      if (milestone.isRepeated() && repeated() >= MOST_REPEATED) {
        history.remove(
            history.stream().filter(old -> old.event().isRepeated()).findFirst().orElseThrow());
      }
      history.add(occurrence);
      send(occurrence);
    }
  }

  private long repeated() {
    return history.stream().filter(occurrence -> occurrence.event().isRepeated()).count();
  }

  private void measure(Milestone milestone) {
    gauge(milestone, () -> latest.get(milestone.ordinal()) / 1e3);
    if (milestone == Milestone.FIRST_REQUEST) {
      gauge(
          Milestone.LAST_REQUEST,
          () -> traffic.lastRequest().map(at -> at.toEpochMilli() / 1e3).orElse(Double.NaN));
    }
  }

  private void gauge(Milestone milestone, Supplier<Number> seconds) {
    Gauge.builder("lab.demo.lifecycle.timestamp", seconds)
        .description("Unix time in seconds of the last such event; absent or NaN before the first")
        .baseUnit("seconds")
        .tag("event", milestone.toString())
        .strongReference(true)
        .register(meters);
  }

  public Timeline timeline() {
    Instant now = now();
    List<Occurrence> events;
    synchronized (lock) {
      events = new ArrayList<>(history);
    }
    lastRequest().ifPresent(events::add);
    events.sort(Comparator.comparing(Occurrence::at));
    return new Timeline(
        start,
        now,
        Duration.between(start, now).toMillis() / 1e3,
        containerRuntime.map(time -> time.toMillis() / 1e3),
        traffic.answered(),
        traffic.inFlight(),
        events);
  }

  /**
   * Sends past events, then new events, and the traffic every second, until the process ends. The
   * call reserves a place among the followers, so subscribe exactly once.
   *
   * @throws ProblemException 503 if 100 clients already follow
   */
  Multi<FollowerMessage> follow() {
    return follow(history);
  }

  private Multi<FollowerMessage> follow(List<Occurrence> first) {
    if (!roomForFollowers.tryAcquire()) {
      throw new ProblemException(
          Problem.of(
              503, "too many streams (at most %d); try again later".formatted(MOST_FOLLOWERS)));
    }
    return Multi.createFrom()
        .emitter(
            emitter -> {
              synchronized (lock) {
                first.forEach(emitter::emit);
                emitter.emit(trafficCount());
                followers.add(emitter);
              }
              emitter.onTermination(
                  () -> {
                    synchronized (lock) {
                      followers.remove(emitter);
                    }
                    roomForFollowers.release();
                  });
            },
            MOST_UNREAD);
  }

  /**
   * Sends the whole timeline now, with each event and at least every second, until the process
   * ends. It arrives on a worker thread without locks, so that the subscriber can call other
   * features.
   *
   * @throws ProblemException 503 if 100 clients already follow, in either form
   */
  public Multi<Timeline> changes() {
    return follow(List.of())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(change -> timeline());
  }

  /** Sends the traffic counts to all followers. */
  void sendTraffic() {
    synchronized (lock) {
      if (!followers.isEmpty()) {
        send(trafficCount());
      }
    }
  }

  /** Ends all streams, so that they do not delay the shutdown. */
  public void end() {
    synchronized (lock) {
      lastRequest().ifPresent(this::send);
      send(trafficCount());
      List.copyOf(followers).forEach(MultiEmitter::complete);
    }
  }

  private void send(FollowerMessage message) {
    List.copyOf(followers).forEach(follower -> follower.emit(message));
  }

  private TrafficCount trafficCount() {
    return new TrafficCount(now(), traffic.answered(), traffic.inFlight());
  }

  private Optional<Occurrence> lastRequest() {
    return traffic
        .lastRequest()
        .map(at -> occurrence(Milestone.LAST_REQUEST, at, Optional.empty()));
  }

  private Occurrence occurrence(Milestone milestone, Instant at, Optional<String> detail) {
    return new Occurrence(milestone, at, Duration.between(start, at), detail);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
