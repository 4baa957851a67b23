package io.podlab.config.delivery;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.http.Refusal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Streams of server-sent events. At most {@value #MOST} can be open at the same time. */
@Singleton
public final class Streams {
  public static final int MOST = 200;

  private static final Logger LOG = Logger.getLogger(Streams.class);

  /** Shorter than the idle timeout of 90 s, which would close a quiet stream. */
  private static final long HEARTBEAT_MILLISECONDS = 30_000;

  private static final Buffer COMMENT = Buffer.buffer(":\n\n");

  private final Delivery delivery;
  private final Semaphore free = new Semaphore(MOST);

  Streams(Delivery delivery) {
    this.delivery = delivery;
  }

  /** The events of a stream. The next is requested after the last one is sent. */
  record Events(Multi<Body> bodies) implements Deliverable {}

  /** A response with this stream. It fails with 503 if {@value #MOST} streams are open. */
  public Response of(Multi<Body> events) {
    return Response.ok(new Events(events), MediaType.SERVER_SENT_EVENTS_TYPE.withCharset("UTF-8"))
        .build();
  }

  /**
   * Called only when there is a body to send: a HEAD request opens no stream.
   *
   * @throws ProblemException 503 if {@value #MOST} streams are open
   */
  void open(RoutingContext context, Events events) {
    if (!free.tryAcquire()) {
      throw new ProblemException(
          Problem.of(503, "too many streams (at most %d); try again later".formatted(MOST)));
    }
    HttpServerResponse response = context.response().setChunked(true);
    AtomicBoolean sending = new AtomicBoolean();
    Cancellable stream =
        events
            .bodies()
            .onFailure()
            .invoke(failure -> LOG.error("closing a stream: its next event failed", failure))
            .onItem()
            .transformToUniAndConcatenate(body -> send(context, body, sending))
            .subscribe()
            .with(sent -> {}, failure -> Refusal.cut(context.request()), response::end);
    long heartbeat =
        context
            .vertx()
            .setPeriodic(
                HEARTBEAT_MILLISECONDS,
                now -> {
                  if (!sending.get()) {
                    response.write(COMMENT);
                  }
                });
    context.addEndHandler(
        end -> {
          context.vertx().cancelTimer(heartbeat);
          stream.cancel();
          free.release();
        });
  }

  private Uni<Void> send(RoutingContext context, Body body, AtomicBoolean sending) {
    return Uni.createFrom()
        .completionStage(
            () -> {
              sending.set(true);
              return delivery
                  .send(context, body)
                  .onComplete(done -> sending.set(false))
                  .toCompletionStage();
            });
  }
}
