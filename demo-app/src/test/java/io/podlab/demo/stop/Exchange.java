package io.podlab.demo.stop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A request on a connection of its own, which no client library re-uses or retries. */
final class Exchange implements AutoCloseable {
  private static final int PATIENCE_MILLISECONDS = 30_000;

  /** Most of the time nothing is in flight, as of a client that keeps its connection and thinks. */
  private static final int PAUSE_MILLISECONDS = 250;

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

  /** Waits for the first byte of an answer, and takes it away. */
  void awaitTheBeginning() throws IOException {
    socket.getInputStream().read();
  }

  /**
   * Asks for a line again and again, until an answer says that it was the last one; answers that,
   * or what has come of it if the service closed the connection without a word.
   */
  String askUntilTold(String path) {
    try (this) {
      while (true) {
        send(path);
        String answer = "";
        byte[] buffer = new byte[4096];
        while (!answer.contains("\r\n\r\n") || !answer.endsWith("\n")) {
          int count = socket.getInputStream().read(buffer);
          if (count < 0) {
            return answer;
          }
          answer += new String(buffer, 0, count, StandardCharsets.UTF_8);
        }
        if (answer.toLowerCase(Locale.ROOT).contains("connection: close")) {
          return answer;
        }
        if (isClosedWithin(PAUSE_MILLISECONDS)) {
          return "closed without a word";
        }
      }
    } catch (IOException lost) {
      return lost.toString();
    }
  }

  private boolean isClosedWithin(int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
    }
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
