package io.podlab.demo.stop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A request on its own connection, without the retries of a client library. */
final class Exchange implements AutoCloseable {
  private static final int PATIENCE_MILLISECONDS = 30_000;

  /** Mostly idle, like a client that keeps its connection and pauses between requests. */
  private static final int PAUSE_MILLISECONDS = 250;

  private final Socket socket;

  /** Connects; fails if the connection is refused. */
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

  /** Waits for the first byte of an answer, and removes it. */
  void awaitTheBeginning() throws IOException {
    socket.getInputStream().read();
  }

  /**
   * Repeats a request until an answer announces the close. Returns that answer, or the part that
   * arrived if the service closed the connection without an announcement.
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

  /** All bytes until the service closes the connection. */
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
