package io.podlab.probe.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the connections of the gRPC port: how many are open, and for how long one stays open on
 * which no call waits. A connection is counted from its first request bytes, since Vert.x first
 * tells HTTP/2 from HTTP/1; one that has sent none is closed when it is idle. Vert.x itself allows
 * 100 calls at once on each.
 */
final class Connections {
  private static final int MOST = 1000;
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** More than one, since one answer may be late. */
  private static final int PINGS_BEFORE_IDLE = 3;

  private static final Buffer PING = Buffer.buffer("lab-ping");

  private final Vertx vertx;
  private final Semaphore left;
  private final Duration idle;

  Connections(Vertx vertx) {
    this(vertx, MOST, IDLE);
  }

  Connections(Vertx vertx, int most, Duration idle) {
    this.vertx = vertx;
    this.left = new Semaphore(most);
    this.idle = idle;
  }

  HttpServerOptions bounded(HttpServerOptions options) {
    int millis = Math.toIntExact(idle.toMillis());
    return options
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        // Vert.x asks for this one only as long as a connection has sent nothing.
        .setIdleTimeout(millis)
        // Our own pings must not keep a connection whose client is gone.
        .setReadIdleTimeout(millis);
  }

  /** Closes the connection if too many are open. */
  void opened(HttpConnection connection) {
    if (left.tryAcquire()) {
      connection.closeHandler(closed -> left.release());
    } else {
      connection.close();
    }
  }

  /**
   * Keeps a connection on which a call waits: its client sends nothing more, but answers pings for
   * as long as it is there.
   *
   * @return what to run when the call ends
   */
  Runnable keepAlive(HttpConnection connection) {
    long timer =
        vertx.setPeriodic(idle.toMillis() / PINGS_BEFORE_IDLE, due -> connection.ping(PING));
    return () -> vertx.cancelTimer(timer);
  }
}
