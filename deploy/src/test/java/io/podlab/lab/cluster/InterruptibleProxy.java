package io.podlab.lab.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards TCP connections. An interruption closes the port and all connections, so that the server
 * looks stopped.
 */
final class InterruptibleProxy implements AutoCloseable {
  private final String host;
  private final int port;
  private final int ownPort;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listening;

  InterruptibleProxy(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.ownPort = listen(0);
  }

  /** On 127.0.0.1. */
  int port() {
    return ownPort;
  }

  void interrupt() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  void restore() throws IOException {
    listen(ownPort);
  }

  private int listen(int wanted) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    listening = server;
    start(() -> accept(server));
    return server.getLocalPort();
  }

  private void accept(ServerSocket server) {
    while (true) {
      try {
        Socket client = server.accept();
        Socket target = new Socket(host, port);
        open.add(client);
        open.add(target);
        start(() -> copy(client, target));
        start(() -> copy(target, client));
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
        throw new UncheckedIOException(e);
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException interrupted) {
      // Expected: the interruption closes both ends.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    interrupt();
  }
}
