package io.podlab.config.delivery;

import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gives bodies to clients, as fast as each of them reads. A slow one keeps its body in memory: once
 * that is too much, those bodies are given up that nobody has asked for any more for the longest
 * time, and the clients that still read them are cut off.
 */
@Singleton
public final class Delivery {
  /** Of all bodies that are under way, to however many clients. */
  static final long MOST_BYTES = 24L * 1024 * 1024;

  /** The one that was asked for last comes last. */
  private final Map<Body, Set<Client>> underWay = new LinkedHashMap<>();

  private long bytes;

  /** Ends the response with it. */
  public void end(RoutingContext context, Body body) {
    HttpServerResponse response = context.response();
    if (body.length() <= Client.PIECE) {
      response.end(body.bytes());
    } else {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      new Client(this, context).end(body);
    }
  }

  /** Sends one after the other, and asks for the next when the last one is sent. */
  void stream(RoutingContext context, Multi<Body> events) {
    context.response().setChunked(true);
    new Client(this, context).follow(events);
  }

  synchronized void hold(Body body, Client client) {
    Set<Client> clients = underWay.remove(body);
    if (clients == null) {
      clients = new HashSet<>();
      bytes += body.length();
    }
    underWay.put(body, clients);
    clients.add(client);
    while (bytes > MOST_BYTES && underWay.size() > 1) {
      // Given up first: a client that is cut off releases it.
      giveUp(underWay.keySet().iterator().next()).forEach(Client::cut);
    }
  }

  synchronized void release(Body body, Client client) {
    Set<Client> clients = underWay.get(body);
    if (clients != null) {
      clients.remove(client);
      if (clients.isEmpty()) {
        giveUp(body);
      }
    }
  }

  private Set<Client> giveUp(Body body) {
    bytes -= body.length();
    return underWay.remove(body);
  }
}
