package io.podlab.demo.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose answers a test chooses, including invalid ones. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  /** Decides the answer to a request. */
  interface Script {
    /**
     * @param number of the request, from 1
     * @return bytes to send; empty closes the connection without an answer
     */
    String answer(int number) throws InterruptedException;
  }

  ScriptedServer(Script script) {
    this.script = script;
    try {
      socket = new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  static String by(String pod) {
    String body = "{\"pod\":\"%s\"}".formatted(pod);
    return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  /** The same answer, followed by a close of the connection. */
  static String lastBy(String pod) {
    return by(pod).replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
  }

  LoadTarget target() {
    return LoadTarget.parse("http://127.0.0.1:" + socket.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  int requests() {
    return requests.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.incrementAndGet();
        start(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      boolean close = false;
      while (!close) {
        for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
          if (line == null) {
            return;
          }
          close |= line.equals("Connection: close");
        }
        String answer = script.answer(requests.incrementAndGet());
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        close |= answer.isEmpty() || answer.contains("Connection: close");
      }
    } catch (IOException left) {
      // The client has closed it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
