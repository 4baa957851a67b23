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
 * Streams the timeline to at most {@value #MOST} clients. A client needs no thread and no buffer:
 * the stream looks up the next changes when the client has read the previous ones. The idle timeout
 * disconnects clients that do not read.
 */
@Singleton
class MomentStream {
  static final int MOST = 200;

  private static final int AT_ONCE = 256;
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** The id of an event: the start time of this process and the id of the moment. */
  static final Pattern ID = Pattern.compile("(\\d{1,15})-(\\d{1,18})");

  private final Timeline timeline;
  private final Clock clock;
  private final String process;
  private final Semaphore left = new Semaphore(MOST);
  private final Set<UniEmitter<? super Void>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  @Inject
  MomentStream(Timeline timeline, Clock clock) {
    this.timeline = timeline;
    this.clock = clock;
    this.process = Long.toString(clock.millis());
    timeline.onChange(this::wake);
  }

  /**
   * A server-sent event named {@code lane}, {@code time} or {@code reset}; a moment has no name.
   */
  record Event(Optional<String> name, Optional<String> id, Object data) {
    static Event named(String name, Object data) {
      return new Event(Optional.of(name), Optional.empty(), data);
    }
  }

  /** The data of {@code reset}. */
  record Reset(String reason) {}

  /**
   * The selected lanes and moments, followed by each new one.
   *
   * @param lastId the id of the last event that the client received, if any
   * @param context of the request; its end frees a place for another client
   * @throws ProblemException 503 if there are too many clients
   */
  Multi<Event> follow(Selection selection, Optional<String> lastId, RoutingContext context) {
    if (closed) {
      throw new ProblemException(Problem.of(503, "the board is shutting down"));
    }
    if (!left.tryAcquire()) {
      throw new ProblemException(
          Problem.of(503, "too many streams (at most %d); try again later".formatted(MOST)));
    }
    // The writer of server-sent events replaces the handler of context.addEndHandler.
    QuarkusRequestWrapper.get(context.request()).addRequestDoneHandler(done -> left.release());
    return follow(selection, lastId);
  }

  Multi<Event> follow(Selection selection, Optional<String> lastId) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new Follower(selection, lastId),
            // The lookup waits for the timeline's lock, which must not block the event loop.
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

    /** The number of the last change that the client has. */
    private long after;

    /** The client has all lanes as of this change. */
    private long known;

    private Instant nextHeartbeat = Instant.MIN;

    Follower(Selection selection, Optional<String> lastId) {
      this.selection = selection;
      this.lastId = lastId;
    }

    /** An empty list ends the stream. */
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
          // A timer of less than a millisecond fails and ends the stream.
          ? change(Duration.between(now, nextHeartbeat).plusMillis(1)).chain(this::next)
          : Uni.createFrom().item(events);
    }

    private void start(List<Event> events) {
      Optional<Long> last = lastId.flatMap(MomentStream.this::number);
      if (last.isPresent()) {
        selection = selection.after(last.get());
      } else if (lastId.isPresent()) {
        events.add(Event.named("reset", new Reset("unknown event id; sending all moments again")));
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
   * The number of the moment with the given id, if this process assigned it.
   *
   * @param since a moment id or an event id
   */
  Optional<Long> given(String since) {
    return number(since.contains("-") ? since : process + "-" + since);
  }

  /** The number in an event id, if this process assigned it. */
  private Optional<Long> number(String id) {
    Matcher parts = ID.matcher(id);
    return parts.matches() && parts.group(1).equals(process)
        ? Optional.of(Long.parseLong(parts.group(2))).filter(one -> one <= timeline.lastNumber())
        : Optional.empty();
  }

  private void wake() {
    waiting.forEach(emitter -> emitter.complete(null));
  }

  /** Ends all streams, so that they do not delay the shutdown. */
  void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    closed = true;
    wake();
  }
}
