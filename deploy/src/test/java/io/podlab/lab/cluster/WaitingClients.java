package io.podlab.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Thousands of concurrent clients that send one request each, on one thread. */
final class WaitingClients {
  /** The number of 200 responses, and the errors of the other clients. */
  record Outcome(int answered, Map<String, Integer> failures, Duration took) {
    @Override
    public String toString() {
      return "%d answered in %.1f s, not: %s".formatted(answered, took.toMillis() / 1e3, failures);
    }
  }

  private final Selector selector;
  private final InetSocketAddress address;
  private final byte[] request;
  private final Map<String, Integer> failures = new LinkedHashMap<>();
  private int answered;

  private WaitingClients(Selector selector, String host, String path) {
    this.selector = selector;
    this.address = new InetSocketAddress(host, 8080);
    this.request =
        "GET %s HTTP/1.1\r\nHost: %s:8080\r\nConnection: close\r\n\r\n"
            .formatted(path, host)
            .getBytes(StandardCharsets.US_ASCII);
  }

  static Outcome ask(String host, String path, int number, Duration atMost) {
    long begin = System.nanoTime();
    try (Selector selector = Selector.open()) {
      WaitingClients clients = new WaitingClients(selector, host, path);
      for (int i = 0; i < number; i++) {
        clients.connect();
        clients.goOn(0);
      }
      while (!selector.keys().isEmpty() && System.nanoTime() - begin < atMost.toNanos()) {
        clients.goOn(100);
      }
      for (SelectionKey key : selector.keys()) {
        clients.fail("no answer in time");
        key.channel().close();
      }
      return new Outcome(
          clients.answered, clients.failures, Duration.ofNanos(System.nanoTime() - begin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_CONNECT, new StringBuilder());
    channel.connect(address);
  }

  private void goOn(long milliseconds) throws IOException {
    if (milliseconds == 0) {
      selector.selectNow(this::step);
    } else {
      selector.select(this::step, milliseconds);
    }
  }

  private void step(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    StringBuilder answer = (StringBuilder) key.attachment();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        // A hundred bytes fit into the buffer of a new connection.
        channel.write(ByteBuffer.wrap(request));
        key.interestOps(SelectionKey.OP_READ);
      } else if (!read(channel, answer)) {
        note(answer.toString());
        channel.close();
      }
    } catch (IOException e) {
      fail(e.toString());
      close(channel);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean read(SocketChannel channel, StringBuilder answer) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    int count = channel.read(buffer);
    answer.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
    return count >= 0;
  }

  private void note(String answer) {
    if (answer.startsWith("HTTP/1.1 200 ")) {
      answered++;
    } else {
      fail(answer.isEmpty() ? "closed without an answer" : answer.lines().findFirst().orElse(""));
    }
  }

  private void fail(String why) {
    failures.merge(why, 1, Integer::sum);
  }
}
