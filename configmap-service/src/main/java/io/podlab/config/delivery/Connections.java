package io.podlab.config.delivery;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Bounds what a connection holds for a client that does not read. Vert.x answers request after
 * request, however full the queue is, and reads them ahead without end.
 */
@Singleton
final class Connections {
  /** Before all others. */
  private static final int FIRST = 6000;

  private static final long PATIENCE_AT_THE_END_MILLISECONDS = 2_000;
  private static final AttributeKey<Connection> BOUNDED =
      AttributeKey.valueOf(Connections.class, "BOUNDED");

  private final Vertx vertx;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  Connections(Vertx vertx) {
    this.vertx = vertx;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  /** Who does not read would hold up the end. */
  void leave(@Observes ShutdownDelayInitiatedEvent leaving) {
    vertx.setPeriodic(
        0,
        PATIENCE_AT_THE_END_MILLISECONDS,
        now ->
            open.forEach(
                channel ->
                    channel.eventLoop().execute(channel.attr(BOUNDED).get()::cutIfNothingMoves)));
  }

  static Channel channel(RoutingContext context) {
    return ((ConnectionBase) context.request().connection()).channel();
  }

  private void check(RoutingContext context) {
    Channel channel = channel(context);
    if (!channel.hasAttr(BOUNDED)) {
      channel.attr(BOUNDED).set(Connection.bound(channel));
      open.add(channel);
    }
    HttpServerResponse response = context.response();
    if (response.writeQueueFull()) {
      context.request().pause();
      response.drainHandler(
          drained -> {
            response.drainHandler(null);
            context.request().resume();
            context.next();
          });
    } else {
      context.next();
    }
  }
}
