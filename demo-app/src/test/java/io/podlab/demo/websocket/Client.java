package io.podlab.demo.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that remembers what it received. */
class Client implements WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int TIMEOUT_SECONDS = 20;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final WebSocket socket;

  Client(URI uri) throws Exception {
    socket =
        HTTP.newWebSocketBuilder().buildAsync(uri, this).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  WebSocket socket() {
    return socket;
  }

  /** Each frame, such as {@code text hello, last}. */
  List<String> received() {
    return List.copyOf(received);
  }

  /** Waits for the close frame, such as {@code 1001 pod demo-1 is stopping}, or the error. */
  String end() throws Exception {
    return end.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !end.isDone();
  }

  void sendText(String text, boolean last) throws Exception {
    socket.sendText(text, last).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  void sendBinary(byte[] bytes, boolean last) throws Exception {
    socket.sendBinary(ByteBuffer.wrap(bytes), last).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    add("text " + data, last);
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    add("binary " + data.remaining(), last);
    webSocket.request(1);
    return null;
  }

  private void add(String frame, boolean last) {
    received.add(frame + (last ? ", last" : ""));
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    end.complete(statusCode + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end.complete(error.toString());
  }
}
