package io.podlab.demo.listen;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** A Netty server channel for a socket that is already listening. */
final class InheritedServerChannel extends NioServerSocketChannel {
  private final int port;
  private volatile boolean takenOver;
  private volatile boolean refusing;
  private volatile boolean closed;

  InheritedServerChannel(ServerSocketChannel listening) {
    super(listening);
    this.port = listening.socket().getLocalPort();
  }

  @Override
  protected void doBind(SocketAddress address) throws Exception {
    if (!(address instanceof InetSocketAddress inet) || inet.getPort() != port) {
      throw new BindException(
          "already listening on port %d, cannot listen on %s; set the port with QUARKUS_HTTP_PORT"
              .formatted(port, address));
    }
    takenOver = true;
  }

  /** Active only after Netty has bound it: before, the pipeline has no handler for connections. */
  @Override
  public boolean isActive() {
    return takenOver && super.isActive();
  }

  void stopAccepting() {
    refusing = true;
  }

  /**
   * The kernel continues to accept connections. Each is reset, so that its client tries another
   * pod.
   */
  @Override
  protected int doReadMessages(List<Object> connections) throws Exception {
    if (!refusing) {
      return super.doReadMessages(connections);
    }
    SocketChannel connection = javaChannel().accept();
    if (connection != null) {
      connection.setOption(StandardSocketOptions.SO_LINGER, 0);
      connection.close();
    }
    return 0;
  }

  /**
   * Does not close the socket; the end of the process closes it. With an inherited channel, the JDK
   * would also close stdout and stderr, and the last log lines would be lost.
   */
  @Override
  protected void doClose() {
    takenOver = false;
    closed = true;
  }

  /** Netty logs a warning for a channel that is open after its close. */
  @Override
  public boolean isOpen() {
    return !closed && super.isOpen();
  }
}
