package io.podlab.demo.stop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A request on a connection of its own, which no client library re-uses or retries. */
final class Exchange implements AutoCloseable {
  private static final int PATIENCE_MILLISECONDS = 30_000;

  private final Socket socket;

  /** Connects, or fails if it is refused. */
  Exchange(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
  }

  static CompletableFuture<String> inBackground(int port, String path) throws IOException {
    Exchange exchange = new Exchange(port);
    exchange.send(path);
    return CompletableFuture.supplyAsync(exchange::untilTheEnd);
  }

  void send(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  /** All that the service sends until it closes the connection. */
  String untilTheEnd() {
    try (this) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
