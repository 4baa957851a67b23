package io.podlab.config.delivery;

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
 * Sends bodies to clients, piece by piece: the next one when the operating system has taken the
 * last. So a client that does not read costs one piece, and the body that it shares with others.
 *
 * <p>Bodies of old revisions stay in memory as long as a slow client reads them. When all bodies
 * under way exceed {@value #MOST_BYTES} bytes, the clients that still read the one that was asked
 * for longest ago are disconnected. To refuse new clients would let those that never read keep all
 * others out.
 */
@Singleton
public final class Delivery {
  static final int MOST_BYTES = 16 * 1024 * 1024;

  /** It is copied out of the heap when it is written, so that direct memory is bounded, too. */
  private static final int PIECE = 16 * 1024;

  /** In the order of the last request for each. */
  private final Map<Body, Set<Transfer>> underWay = new LinkedHashMap<>();

  /** Ends the response with this body. */
  public void end(RoutingContext context, Body body) {
    HttpServerResponse response = context.response();
    if (body.length() <= PIECE) {
      response.end(body.bytes());
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      send(context, body).onSuccess(sent -> response.end());
    }
  }

  /** Completes when all of it is sent; fails if the client has gone, or is disconnected. */
  Future<Void> send(RoutingContext context, Body body) {
    Transfer transfer = new Transfer(context, body);
    begin(body, transfer).forEach(Transfer::abort);
    return transfer.start().onComplete(done -> end(body, transfer));
  }

  /** Returns those that must end for it. */
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

  /** One body on its way to one client. */
  private static final class Transfer {
    private final RoutingContext context;
    private final Promise<Void> done = Promise.promise();

    /** Null when it has been aborted. */
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
      written.onFailure(done::tryFail).onSuccess(taken -> goOn());
    }

    private void goOn() {
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
     * The body is let go at once; the connection ends when the client has read the last piece, or
     * with the idle timeout.
     */
    void abort() {
      body = null;
      done.tryFail("the client reads too slowly");
      context.request().connection().close();
    }
  }
}
