package io.podlab.config.delivery;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.quarkus.vertx.http.runtime.filters.Filters;
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

  private static final int SEND_BUFFER_BYTES = 16 * 1024;
  private static final WriteBufferWaterMark QUEUE =
      new WriteBufferWaterMark(Client.PIECE / 2, Client.PIECE);
  private static final AttributeKey<Boolean> BOUNDED =
      AttributeKey.valueOf(Connections.class, "BOUNDED");

  void register(@Observes Filters filters) {
    filters.register(Connections::check, FIRST);
  }

  static Channel channel(RoutingContext context) {
    return ((ConnectionBase) context.request().connection()).channel();
  }

  private static void check(RoutingContext context) {
    Channel channel = channel(context);
    if (!channel.hasAttr(BOUNDED)) {
      bound(channel);
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

  private static void bound(Channel channel) {
    channel.attr(BOUNDED).set(true);
    channel.config().setWriteBufferWaterMark(QUEUE);
    channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    channel.pipeline().addBefore("handler", "pipelining", new Pipelining());
  }

  /** Cuts off who sends more requests than some without waiting for an answer. */
  private static final class Pipelining extends ChannelDuplexHandler {
    private static final int MOST = 16;

    /** With the one that brought this handler here. */
    private int unanswered = 1;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof HttpRequest && ++unanswered > MOST) {
        context.close();
      }
      if (unanswered > MOST) {
        ReferenceCountUtil.release(message);
      } else {
        super.channelRead(context, message);
      }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof LastHttpContent && !isContinue(message)) {
        unanswered--;
      }
      super.write(context, message, promise);
    }

    private static boolean isContinue(Object message) {
      return message instanceof HttpResponse response
          && response.status().equals(HttpResponseStatus.CONTINUE);
    }
  }
}
