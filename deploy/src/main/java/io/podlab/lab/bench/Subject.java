package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A program that is started, asked and stopped.
 *
 * @param title what the person is told it is
 * @param url what it is asked; the first 200 ends its start
 * @param log where its output goes
 */
record Subject(String title, Command command, URI url, Path log) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(40);
  private static final long BETWEEN_TRIES_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int CONNECT_MILLIS = 1000;

  /** It runs and has answered 200 once. */
  record Started(Process process, double startMillis) {}

  /**
   * Starts it and waits for its first 200.
   *
   * @param started told of the process as soon as there is one, so that it is stopped in any case
   * @throws Failure (failed) if it ends first or takes a minute
   */
  Started start(Consumer<Process> started) throws IOException, InterruptedException {
    Files.createDirectories(log.getParent());
    ProcessBuilder builder =
        command.builder().redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw Failure.missing("cannot run " + title + ": " + e.getMessage());
    }
    started.accept(process);
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      if (answers200()) {
        return new Started(process, (System.nanoTime() - begin) / 1e6);
      }
      if (!process.isAlive()) {
        throw Failure.failed(title + " ended with exit code " + process.exitValue() + lastLines());
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(BETWEEN_TRIES_NANOS);
    }
    throw Failure.failed(
        title + " has not answered 200 at " + url + " within a minute" + lastLines());
  }

  /** By hand on a socket: an HTTP client would keep its connection, and costs a second to load. */
  private boolean answers200() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(CONNECT_MILLIS);
      socket.connect(new InetSocketAddress(url.getHost(), port()), CONNECT_MILLIS);
      String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
      String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
      socket
          .getOutputStream()
          .write(
              ("GET " + path + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
      return status.endsWith(" 200");
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return url.getPort() == -1 ? 80 : url.getPort();
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    List<String> last = lines.subList(Math.max(0, lines.size() - 10), lines.size());
    return last.isEmpty() ? " and said nothing" : "; it said:\n" + String.join("\n", last);
  }

  /** Asks it to end, insists after a while, and returns when it has. */
  static void stop(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
