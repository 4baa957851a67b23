package io.podlab.demo.listen;

import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Netty's server channel over a socket that listens already. */
final class InheritedServerChannel extends NioServerSocketChannel {
  private final int port;
  private volatile boolean takenOver;
  private volatile boolean refusing;
  private volatile boolean left;

  InheritedServerChannel(ServerSocketChannel listening) {
    super(listening);
    this.port = listening.socket().getLocalPort();
  }

  @Override
  protected void doBind(SocketAddress address) throws Exception {
    if (!(address instanceof InetSocketAddress inet) || inet.getPort() != port) {
      throw new BindException(
          "listening on port %d already, not on %s; set the port with QUARKUS_HTTP_PORT"
              .formatted(port, address));
    }
    takenOver = true;
  }

  /** Not before Netty has bound it: until then the pipeline has no one to accept connections. */
  @Override
  public boolean isActive() {
    return takenOver && super.isActive();
  }

  void stopAccepting() {
    refusing = true;
  }

  /** The kernel goes on taking connections: each is reset, so that its client can try elsewhere. */
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
   * Leaves the closing to the end of the process, which follows. The JDK would close stdout and
   * stderr with an inherited channel, and the last lines of the log would be lost.
   */
  @Override
  protected void doClose() {
    takenOver = false;
    left = true;
  }

  /** Netty warns of a channel that is open after it was closed. */
  @Override
  public boolean isOpen() {
    return !left && super.isOpen();
  }
}
