package io.podlab.config.delivery;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * One whose queue and send buffer are short, and which is cut off when more requests than some come
 * without waiting for an answer. Used by the connection's event loop alone.
 */
final class Connection extends ChannelDuplexHandler {
  private static final int MOST_UNANSWERED = 16;
  private static final int SEND_BUFFER_BYTES = 16 * 1024;
  private static final WriteBufferWaterMark QUEUE =
      new WriteBufferWaterMark(Client.PIECE / 2, Client.PIECE);

  private final Channel channel;

  /** With the one that brought this handler here. */
  private int unanswered = 1;

  /** What was first in the queue when it was looked at last, and how much of that had gone. */
  private Object first;

  private long gone;

  private Connection(Channel channel) {
    this.channel = channel;
  }

  static Connection bound(Channel channel) {
    Connection connection = new Connection(channel);
    channel.config().setWriteBufferWaterMark(QUEUE);
    channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    channel.pipeline().addBefore("handler", "connection", connection);
    return connection;
  }

  /**
   * At once, before Vert.x hears of it, which would wait until the client has read what is queued.
   */
  static void cut(Channel channel) {
    channel.pipeline().firstContext().close();
  }

  /** Cuts it off if something waits to be sent, and nothing of it has gone since the last call. */
  void cutIfNothingMoves() {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    Object now = queue == null ? null : queue.current();
    long progress = now == null ? 0 : queue.currentProgress();
    if (now != null && now == first && progress == gone) {
      cut(channel);
    }
    first = now;
    gone = progress;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest && ++unanswered > MOST_UNANSWERED) {
      context.close();
    }
    if (unanswered > MOST_UNANSWERED) {
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
