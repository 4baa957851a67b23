package io.podlab.demo.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket that returns each frame as it came, so that a message needs no memory of its own. Its
 * methods run on the event loop of the connection, except {@link #close}.
 */
final class EchoSocket {
  static final int MOST_BYTES = 64 * 1024;

  /** A proxy usually closes a connection that has been silent for a minute. */
  static final Duration PING_INTERVAL = Duration.ofSeconds(20);

  /** The handler of Netty that decodes frames. */
  private static final String DECODER = "wsdecoder";

  /** Time for a client to read the close frame before the connection closes. */
  private static final long LINGER_MILLISECONDS = 1_000;

  private final ServerWebSocket socket;
  private final ChannelHandlerContext connection;
  private int messageBytes;
  private boolean heard = true;

  private EchoSocket(ServerWebSocket socket, ChannelHandlerContext connection) {
    this.socket = socket;
    this.connection = connection;
  }

  /** Starts the echo. Call it on the event loop, before the first frame can arrive. */
  static EchoSocket start(
      ServerWebSocket socket, HttpConnection http, Vertx vertx, Duration pingInterval) {
    ChannelHandlerContext connection = ((ConnectionBase) http).channelHandlerContext();
    EchoSocket echo = new EchoSocket(socket, connection);
    connection
        .pipeline()
        .addAfter(DECODER, "violations", echo.new Violations())
        .addAfter(DECODER, "utf8", new Utf8FrameValidator(false));
    socket.frameHandler(echo::received);
    socket.drainHandler(drained -> echo.read(true));
    // Without a handler, Vert.x logs an error for each client that disconnects.
    socket.exceptionHandler(disconnected -> {});
    long timer = vertx.setPeriodic(pingInterval.toMillis(), tick -> echo.ping());
    echo.onDisconnect(() -> vertx.cancelTimer(timer));
    return echo;
  }

  private void received(WebSocketFrame frame) {
    if (!socket.isClosed()) {
      heard = true;
      echo(frame);
    }
    // Also after a ping, because Vert.x has written a pong.
    if (!connection.channel().isWritable()) {
      read(false);
    }
  }

  private void echo(WebSocketFrame frame) {
    boolean begins = frame.isText() || frame.isBinary();
    if (!begins && !frame.isContinuation()) {
      return;
    }
    messageBytes = (begins ? 0 : messageBytes) + frame.binaryData().length();
    if (messageBytes > MOST_BYTES) {
      close(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      return;
    }
    // A client that still reads is alive, even if its pong waits behind unread messages.
    socket.writeFrame(frame).onSuccess(written -> heard = true);
  }

  private void ping() {
    if (!heard) {
      disconnect();
      return;
    }
    heard = false;
    if (!socket.isClosed()) {
      socket.writePing(Buffer.buffer());
    }
  }

  private void close(WebSocketCloseStatus status) {
    close(
        (short) status.code(),
        status.equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)
            ? "the message is larger than %d bytes".formatted(MOST_BYTES)
            : status.reasonText());
  }

  /**
   * Sends a close frame. The connection closes when the client has answered, ten seconds after the
   * close frame is sent, or when a ping fails.
   *
   * @param reason at most 123 bytes
   */
  void close(short status, String reason) {
    // The answer of the client comes after the messages that it has already sent.
    read(true);
    socket.close(status, reason);
  }

  /** Not with socket.pause, which would still accept 16 frames. */
  private void read(boolean enabled) {
    connection.channel().config().setAutoRead(enabled);
  }

  /** Not with the close of the channel, which would send a close frame and wait for its answer. */
  private void disconnect() {
    connection.close();
  }

  void onDisconnect(Runnable action) {
    connection.channel().closeFuture().addListener(closed -> action.run());
  }

  /** Answers an invalid frame with a close frame. Vert.x would only close the connection. */
  private final class Violations extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof CorruptedWebSocketFrameException violation) {
        close(violation.closeStatus());
        // The decoder ignores all further frames, also the answer of the client.
        context
            .executor()
            .schedule(EchoSocket.this::disconnect, LINGER_MILLISECONDS, TimeUnit.MILLISECONDS);
      } else {
        context.fireExceptionCaught(cause);
      }
    }
  }
}
