package io.podlab.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards a port of 127.0.0.1 to the API server. A test can stop the forwarder, so that only one
 * program loses the API server. It can also drop connections silently, as a NAT does.
 */
final class ApiServerForwarder implements AutoCloseable {
  private static final int PIECE = 8192;

  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket listener;

  ApiServerForwarder(URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.port = listener.getLocalPort();
    start(() -> accept(listener));
  }

  String address() {
    return "https://127.0.0.1:" + port;
  }

  /** Closes all connections, and accepts no new ones. */
  void stop() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  void restart() throws IOException {
    ServerSocket again = new ServerSocket();
    again.setReuseAddress(true);
    again.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    listener = again;
    start(() -> accept(again));
  }

  private void accept(ServerSocket from) {
    while (true) {
      try {
        Socket client = from.accept();
        Socket api = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(api);
        Connection connection = new Connection();
        connections.add(connection);
        start(() -> copy(client, api, connection, true));
        start(() -> copy(api, client, connection, false));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static final class Connection {
    private volatile boolean forgotten;
  }

  /**
   * Drops responses on the existing connections without closing them. A connection works again when
   * the client sends a request on it. So watches are lost, and keep-alive connections of other
   * requests are not.
   */
  void forgetConnections() {
    connections.forEach(connection -> connection.forgotten = true);
  }

  private void copy(Socket from, Socket to, Connection connection, boolean asks) {
    try (from) {
      InputStream in = from.getInputStream();
      byte[] piece = new byte[PIECE];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        if (asks) {
          connection.forgotten = false;
        }
        if (!connection.forgotten) {
          to.getOutputStream().write(piece, 0, length);
        }
      }
    } catch (IOException stopped) {
      // Expected: a test has stopped the forwarder.
    } finally {
      open.remove(from);
      connections.remove(connection);
      if (!connection.forgotten) {
        close(to);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      // It is already closed.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "API server forwarder");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
