package io.podlab.probe.grpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the number of connections of the gRPC ports together, and closes idle ones. Vert.x reports
 * a connection only after its first bytes, because it must first distinguish HTTP/2 from HTTP/1.
 * The idle timeout closes connections that send nothing. Vert.x itself allows 100 concurrent calls
 * per connection.
 */
final class Connections {
  private static final int MOST = 1000;
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** More than one, because one answer can be late. */
  private static final int PINGS_BEFORE_IDLE = 3;

  private static final Buffer PING = Buffer.buffer("lab-ping");

  private final Vertx vertx;
  private final Semaphore available;
  private final Duration idle;

  Connections(Vertx vertx) {
    this(vertx, MOST, IDLE);
  }

  Connections(Vertx vertx, int most, Duration idle) {
    this.vertx = vertx;
    this.available = new Semaphore(most);
    this.idle = idle;
  }

  HttpServerOptions bounded(HttpServerOptions options) {
    int millis = Math.toIntExact(idle.toMillis());
    return options
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        // Vert.x applies this timeout only until the connection has sent its first bytes.
        .setIdleTimeout(millis)
        // A timeout for reads, so that our pings do not keep the connection of a dead client.
        .setReadIdleTimeout(millis);
  }

  /** Closes the connection if too many are open. */
  void opened(HttpConnection connection) {
    if (available.tryAcquire()) {
      connection.closeHandler(closed -> available.release());
    } else {
      connection.close();
    }
  }

  /**
   * Keeps a connection open during a call. The client sends no further data, but answers pings
   * while it is alive.
   *
   * @return run this when the call ends
   */
  Runnable keepAlive(HttpConnection connection) {
    long timer =
        vertx.setPeriodic(idle.toMillis() / PINGS_BEFORE_IDLE, due -> connection.ping(PING));
    return () -> vertx.cancelTimer(timer);
  }
}
