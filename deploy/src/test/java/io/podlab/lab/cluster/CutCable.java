package io.podlab.lab.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of 127.0.0.1 that leads to the API server, until it is cut. So a test can take the API
 * server away from one program, and leave it to all others.
 */
final class CutCable implements AutoCloseable {
  private final URI server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket listener;

  CutCable(URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    this.port = listener.getLocalPort();
    start(() -> accept(listener));
  }

  String address() {
    return "https://127.0.0.1:" + port;
  }

  /** Ends every connection, and takes no other. */
  void cut() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  void mend() throws IOException {
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
        start(() -> copy(client, api));
        start(() -> copy(api, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException cut) {
      // That is what this is for.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
