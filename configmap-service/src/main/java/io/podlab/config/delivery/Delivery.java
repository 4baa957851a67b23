package io.podlab.config.delivery;

import io.podlab.kit.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sends bodies to clients in pieces. It writes a piece after the operating system has accepted the
 * one before. A client that does not read therefore costs one piece, and the body that it shares
 * with other clients.
 *
 * <p>The body of an old revision stays in memory while a slow client reads it. When all bodies in
 * transfer exceed {@value #MOST_BYTES} bytes, the service disconnects the clients of the body with
 * the oldest last request. If it refused new clients instead, clients that never read could block
 * all others.
 */
@Singleton
public final class Delivery {
  static final int MOST_BYTES = 16 * 1024 * 1024;

  /** In bytes. Vert.x copies each piece to direct memory, so this bounds direct memory, too. */
  private static final int PIECE = 16 * 1024;

  /** In the order of the last request for each body. */
  private final Map<Body, Set<Transfer>> underWay = new LinkedHashMap<>();

  /** Sends this body and ends the response. */
  public void end(RoutingContext context, Body body) {
    HttpServerResponse response = context.response();
    if (body.length() <= PIECE) {
      response.end(body.bytes());
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      send(context, body).onSuccess(sent -> response.end());
    }
  }

  /** Completes when the body is sent. Fails if the client disconnects or is disconnected. */
  Future<Void> send(RoutingContext context, Body body) {
    Transfer transfer = new Transfer(context, body);
    begin(body, transfer).forEach(Transfer::abort);
    return transfer.start().onComplete(done -> end(body, transfer));
  }

  /** Returns the transfers that must end to make room. */
  private synchronized Set<Transfer> begin(Body body, Transfer transfer) {
    Set<Transfer> transfers = underWay.remove(body);
    if (transfers == null) {
      transfers = new HashSet<>();
    }
    transfers.add(transfer);
    underWay.put(body, transfers);
    Set<Transfer> slowest = new HashSet<>();
    while (underWay.size() > 1 && bytes() > MOST_BYTES) {
      slowest.addAll(underWay.remove(underWay.keySet().iterator().next()));
    }
    return slowest;
  }

  private long bytes() {
    return underWay.keySet().stream().mapToLong(Body::length).sum();
  }

  private synchronized void end(Body body, Transfer transfer) {
    underWay.computeIfPresent(
        body,
        (same, transfers) -> transfers.remove(transfer) && transfers.isEmpty() ? null : transfers);
  }

  /** The transfer of one body to one client. */
  private static final class Transfer {
    private final RoutingContext context;
    private final Promise<Void> done = Promise.promise();

    /** Null after {@link #abort}. */
    private volatile Body body;

    private int sent;

    Transfer(RoutingContext context, Body body) {
      this.context = context;
      this.body = body;
    }

    Future<Void> start() {
      write();
      return done.future();
    }

    private void write() {
      Body whole = body;
      Future<Void> written = Future.succeededFuture();
      while (whole != null && sent < whole.length() && written.succeeded()) {
        int end = Math.min(sent + PIECE, whole.length());
        written = context.response().write(whole.bytes().slice(sent, end));
        sent = end;
      }
      written.onFailure(done::tryFail).onSuccess(accepted -> writeNext());
    }

    private void writeNext() {
      Body whole = body;
      if (whole == null) {
        done.tryFail("the client reads too slowly");
      } else if (sent < whole.length()) {
        write();
      } else {
        done.tryComplete();
      }
    }

    /**
     * Releases the body immediately. The connection, or the stream of HTTP/2, ends when the client
     * has read the last piece, or with the idle timeout.
     */
    void abort() {
      body = null;
      done.tryFail("the client reads too slowly");
      Refusal.cut(context.request());
    }
  }
}
