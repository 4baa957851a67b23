package io.podlab.config.delivery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that all send a request, and read nothing until the test asks them to. */
final class SlowClients implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
  private static final String END_OF_HEADERS = "\r\n\r\n";

  private final URI root;
  private final List<SocketChannel> clients = new ArrayList<>();

  SlowClients(URI root) {
    this.root = root;
  }

  /** Adds clients, each of which sends a request for this path. */
  SlowClients ask(int number, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < number; i++) {
      SocketChannel client = SocketChannel.open();
      clients.add(client);
      client.connect(new InetSocketAddress(root.getHost(), root.getPort()));
      client.configureBlocking(false);
      client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }
    return this;
  }

  /** Reads; returns the number of clients that got a complete answer with this status. */
  int whole(int status) throws IOException {
    return (int)
        read(Reader::isWhole).stream()
            .filter(one -> one.isWhole() && one.status() == status)
            .count();
  }

  /**
   * Reads; returns the answer of each client up to the first match of this pattern, or all of it.
   */
  List<String> texts(String until) throws IOException {
    Pattern end = Pattern.compile("(?s).*?" + until);
    return read(one -> end.matcher(one.text()).lookingAt()).stream()
        .map(
            one -> {
              Matcher got = end.matcher(one.text());
              return got.lookingAt() ? got.group() : one.text();
            })
        .toList();
  }

  /** Reads until each client has enough, or its connection ends. */
  private List<Reader> read(Predicate<Reader> enough) throws IOException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    List<Reader> readers = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (SocketChannel client : clients) {
        Reader reader = new Reader();
        readers.add(reader);
        client.register(selector, SelectionKey.OP_READ, reader);
      }
      ByteBuffer part = ByteBuffer.allocate(64 * 1024);
      while (!selector.keys().isEmpty() && System.nanoTime() < until) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          Reader reader = (Reader) key.attachment();
          part.clear();
          int length = read((SocketChannel) key.channel(), part);
          if (length >= 0) {
            reader.take(new String(part.array(), 0, length, StandardCharsets.ISO_8859_1));
          }
          if (length < 0 || enough.test(reader)) {
            key.cancel();
          }
        }
        selector.selectedKeys().clear();
        selector.selectNow();
      }
    }
    return readers;
  }

  private static int read(SocketChannel client, ByteBuffer part) {
    try {
      return client.read(part);
    } catch (IOException reset) {
      return -1;
    }
  }

  /** Resets all connections, as a node does that was switched off and starts again. */
  @Override
  public void close() throws IOException {
    for (SocketChannel client : clients) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      client.close();
    }
    clients.clear();
  }

  private static final class Reader {
    private final StringBuilder text = new StringBuilder();

    void take(String part) {
      text.append(part);
    }

    String text() {
      return text.toString();
    }

    int status() {
      return Integer.parseInt(text.substring(9, 12));
    }

    boolean isWhole() {
      int end = text.indexOf(END_OF_HEADERS);
      if (end < 0) {
        return false;
      }
      Matcher length = LENGTH.matcher(text).region(0, end);
      return length.find()
          && text.length() - end - END_OF_HEADERS.length() >= Integer.parseInt(length.group(1));
    }
  }
}
