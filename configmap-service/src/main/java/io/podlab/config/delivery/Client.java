package io.podlab.config.delivery;

import io.netty.channel.Channel;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Flow;

/** One who gets a body piece by piece, the next when the last ones have gone. */
final class Client implements Flow.Subscriber<Body> {
  /** Bytes of it that wait in the connection's queue. */
  static final int PIECE = 8 * 1024;

  private static final long HEARTBEAT_MILLISECONDS = 30_000;
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");

  private final Delivery delivery;
  private final RoutingContext context;
  private final HttpServerResponse response;
  private final Channel channel;

  /** Null unless one is under way, as are those of a stream in a response without one. */
  private Body body;

  private int sent;
  private boolean gone;

  /** No event is to come after that which is under way. */
  private boolean complete;

  private Flow.Subscription events;

  Client(Delivery delivery, RoutingContext context) {
    this.delivery = delivery;
    this.context = context;
    this.response = context.response();
    this.channel = Connections.channel(context);
  }

  /** Ends the response with it. */
  void end(Body body) {
    onLoop(
        () -> {
          listen();
          begin(body);
        });
  }

  /**
   * Makes an event of each, and a comment now and then, so that no quiet stream passes for dead.
   */
  void follow(Multi<Body> bodies) {
    onLoop(
        () -> {
          listen();
          long heartbeat = context.vertx().setPeriodic(HEARTBEAT_MILLISECONDS, now -> beat());
          context.addEndHandler(end -> context.vertx().cancelTimer(heartbeat));
          bodies.subscribe().withSubscriber(this);
        });
  }

  private void onLoop(Runnable work) {
    if (channel.eventLoop().inEventLoop()) {
      work.run();
    } else {
      channel.eventLoop().execute(work);
    }
  }

  private void listen() {
    context.addEndHandler(end -> leave());
    response.drainHandler(drained -> write());
    gone = response.closed();
  }

  private void begin(Body next) {
    if (!gone) {
      body = next;
      sent = 0;
      delivery.hold(body, this);
      write();
    }
  }

  private void write() {
    while (body != null && !gone && !response.writeQueueFull()) {
      int end = Math.min(sent + PIECE, body.length());
      Buffer piece = body.bytes().slice(sent, end);
      sent = end;
      if (end < body.length()) {
        response.write(piece);
      } else {
        delivery.release(body, this);
        body = null;
        if (events == null) {
          response.end(piece);
        } else {
          response.write(piece).onSuccess(written -> events.request(1));
          endIfComplete();
        }
      }
    }
  }

  /** Not to one that has yet to read what it was sent: a connection on which nothing moves ends. */
  private void beat() {
    if (body == null && !gone && !response.writeQueueFull()) {
      response.write(COMMENT);
    }
  }

  private void leave() {
    gone = true;
    if (body != null) {
      delivery.release(body, this);
      body = null;
    }
    if (events != null) {
      events.cancel();
    }
  }

  void cut() {
    Connection.cut(channel);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    events = subscription;
    if (gone) {
      events.cancel();
    } else {
      events.request(1);
    }
  }

  @Override
  public void onNext(Body next) {
    onLoop(() -> begin(next));
  }

  @Override
  public void onError(Throwable failure) {
    cut();
  }

  @Override
  public void onComplete() {
    onLoop(
        () -> {
          complete = true;
          endIfComplete();
        });
  }

  private void endIfComplete() {
    if (complete && body == null && !gone) {
      response.end();
    }
  }
}
