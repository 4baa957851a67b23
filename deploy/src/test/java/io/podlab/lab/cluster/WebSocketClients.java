package io.podlab.lab.cluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** WebSocket clients that connect again whenever their connection ends, until they are stopped. */
final class WebSocketClients implements AutoCloseable {
  private static final int PAUSE_MILLISECONDS = 100;

  private final URI uri;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Set<WebSocket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> ends = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  private WebSocketClients(URI uri) {
    this.uri = uri;
  }

  static WebSocketClients start(int number, String address) {
    WebSocketClients clients = new WebSocketClients(URI.create("ws://" + address + ":8080/ws"));
    for (int i = 0; i < number; i++) {
      clients.connect();
    }
    return clients;
  }

  /** The end of a connection is recorded, but not a connection that the pod did not accept. */
  private void connect() {
    http.newWebSocketBuilder()
        .buildAsync(uri, new Listener())
        .exceptionally(
            notAccepted -> {
              connectLater();
              return null;
            });
  }

  private void connectLater() {
    if (!stopped) {
      timer.schedule(this::connect, PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  int open() {
    return open.size();
  }

  /** How each connection ended: status and reason of the close frame, or the error. */
  List<String> ends() {
    return List.copyOf(ends);
  }

  @Override
  public void close() {
    stopped = true;
    timer.shutdownNow();
    open.forEach(WebSocket::abort);
  }

  private final class Listener implements WebSocket.Listener {
    @Override
    public void onOpen(WebSocket socket) {
      open.add(socket);
      socket.request(1);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ended(socket, status + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended(socket, error.toString());
    }

    private void ended(WebSocket socket, String how) {
      if (!stopped) {
        ends.add(how);
        open.remove(socket);
        connectLater();
      }
    }
  }
}
