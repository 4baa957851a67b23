package io.podlab.board.timeline;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clients that follow the timeline, {@value #MOST} at most. None of them holds a thread, and
 * none is kept anything for: what comes next is looked up when the client has got the last. One on
 * whose connection nothing moves is disconnected by the idle timeout.
 */
@Singleton
class Following {
  static final int MOST = 200;

  private static final int AT_ONCE = 256;
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Of an event: when this process began, and the moment's id. */
  static final Pattern ID = Pattern.compile("(\\d{1,15})-(\\d{1,18})");

  private final Timeline timeline;
  private final Clock clock;
  private final String process;
  private final Semaphore left = new Semaphore(MOST);
  private final Set<UniEmitter<? super Void>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Inject
  Following(Timeline timeline, Clock clock) {
    this.timeline = timeline;
    this.clock = clock;
    this.process = Long.toString(clock.millis());
    timeline.onChange(this::wake);
  }

  /** A server-sent event: {@code lane}, {@code time}, {@code reset}, or a moment without a name. */
  record Event(Optional<String> name, Optional<String> id, Object data) {
    static Event named(String name, Object data) {
      return new Event(Optional.of(name), Optional.empty(), data);
    }
  }

  /** The data of {@code reset}. */
  record Reset(String reason) {}

  /**
   * The lanes and moments that are selected, then each as it comes.
   *
   * @param lastId the id of the last event that the client has got, if it says one
   * @param context of the request, whose end makes room for another
   * @throws ProblemException 503 if too many follow
   */
  Multi<Event> follow(Selection selection, Optional<String> lastId, RoutingContext context) {
    if (closed) {
      throw new ProblemException(Problem.of(503, "shutting down"));
    }
    if (!left.tryAcquire()) {
      throw new ProblemException(
          Problem.of(503, MOST + " clients follow already; try again later"));
    }
    // Not context.addEndHandler: the writer of server-sent events takes its place.
    QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> left.release());
    return follow(selection, lastId);
  }

  Multi<Event> follow(Selection selection, Optional<String> lastId) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new Follower(selection, lastId),
            // Looking up takes the timeline's lock, which must not hold up the event loop.
            follower ->
                Uni.createFrom()
                    .deferred(follower::next)
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .whilst(events -> !events.isEmpty())
        .onItem()
        .disjoint();
  }

  private final class Follower {
    private final Optional<String> lastId;
    private Selection selection;
    private boolean started;

    /** The number of the last change that it has. */
    private long after;

    /** It has all lanes as they were at this number. */
    private long known;

    private Instant nextHeartbeat = Instant.MIN;

    Follower(Selection selection, Optional<String> lastId) {
      this.selection = selection;
      this.lastId = lastId;
    }

    /** Empty when there is to be no more. */
    Uni<List<Event>> next() {
      if (closed) {
        return Uni.createFrom().item(List.of());
      }
      List<Event> events = new ArrayList<>();
      if (!started) {
        started = true;
        start(events);
      } else {
        Timeline.Changes changes = timeline.changes(after, known, AT_ONCE);
        after = changes.upTo();
        changes.list().forEach(change -> add(change, events));
      }
      Instant now = clock.instant();
      if (!now.isBefore(nextHeartbeat)) {
        nextHeartbeat = now.plus(HEARTBEAT);
        events.add(Event.named("time", timeline.status()));
      }
      return events.isEmpty()
          // A timer of less than a millisecond is refused, and the stream would end.
          ? change(Duration.between(now, nextHeartbeat).plusMillis(1)).chain(this::next)
          : Uni.createFrom().item(events);
    }

    private void start(List<Event> events) {
      Optional<Long> last = lastId.flatMap(Following.this::number);
      if (last.isPresent()) {
        selection = selection.after(last.get());
      } else if (lastId.isPresent()) {
        events.add(Event.named("reset", new Reset("unknown event id; sending everything")));
      }
      Timeline.Snapshot all = timeline.snapshot();
      selection.of(all.recording()).lanes().forEach(lane -> add(lane, events));
      after = selection.after();
      known = all.upTo();
    }

    private void add(Change change, List<Event> events) {
      if (change instanceof Lane lane && selection.has(lane)) {
        events.add(Event.named("lane", lane));
      } else if (change instanceof Moment moment && selection.has(moment)) {
        events.add(new Event(Optional.empty(), Optional.of(process + "-" + moment.id()), moment));
      }
    }

    private Uni<Void> change(Duration atMost) {
      return Uni.createFrom()
          .<Void>emitter(
              emitter -> {
                waiting.add(emitter);
                emitter.onTermination(() -> waiting.remove(emitter));
                if (closed || timeline.lastNumber() > after) {
                  emitter.complete(null);
                }
              })
          .ifNoItem()
          .after(atMost)
          .recoverWithItem((Void) null)
          .emitOn(Infrastructure.getDefaultWorkerPool());
    }
  }

  /**
   * The number of the moment that a client names, if this process gave it.
   *
   * @param since the moment's id, or the id of its event
   */
  Optional<Long> given(String since) {
    return number(since.contains("-") ? since : process + "-" + since);
  }

  /** The number of the moment that the client has got, if it had it from this process. */
  private Optional<Long> number(String id) {
    Matcher parts = ID.matcher(id);
    return parts.matches() && parts.group(1).equals(process)
        ? Optional.of(Long.parseLong(parts.group(2))).filter(one -> one <= timeline.lastNumber())
        : Optional.empty();
  }

  private void wake() {
    waiting.forEach(emitter -> emitter.complete(null));
  }

  /** No stream holds up the end. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    wake();
  }
}
