package io.podlab.config.delivery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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

/** Clients that ask all at once, and read nothing until they are told to. */
final class Crowd implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
  private static final String END_OF_HEADERS = "\r\n\r\n";

  private final URI root;
  private final List<SocketChannel> clients = new ArrayList<>();

  Crowd(URI root) {
    this.root = root;
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  /** So many more, each of which sends this, as much of it as the service takes. */
  Crowd ask(int number, String request) throws IOException {
    for (int i = 0; i < number; i++) {
      SocketChannel client = SocketChannel.open();
      clients.add(client);
      client.connect(new InetSocketAddress(root.getHost(), root.getPort()));
      client.configureBlocking(false);
      client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
    }
    return this;
  }

  /** All read; how many have got a whole answer of that status when all is read, or time is up. */
  int whole(int status, Duration time) throws IOException {
    return (int)
        read(time, Reader::isWhole).stream()
            .filter(one -> one.isWhole() && one.status() == status)
            .count();
  }

  /** How many are connected still when time is up; their answers are read to see it. */
  int connected(Duration time) throws IOException {
    return (int) read(time, one -> false).stream().filter(one -> !one.isClosed()).count();
  }

  /** What each has got when it is cut off, or time is up. */
  List<String> texts(Duration time) throws IOException {
    return read(time, one -> false).stream().map(Reader::text).toList();
  }

  /** Reads until each has what it wants, or is cut off, or time is up. */
  private List<Reader> read(Duration time, Predicate<Reader> enough) throws IOException {
    long until = System.nanoTime() + time.toNanos();
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
          if (length < 0) {
            reader.close();
          } else {
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

  /** All vanish, as those of a node that is switched off and comes back. */
  void vanish() throws IOException {
    for (SocketChannel client : clients) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      client.close();
    }
    clients.clear();
  }

  @Override
  public void close() throws IOException {
    vanish();
  }

  /** The first bytes of an answer that has no end. */
  static String begin(URI root, String path) throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(get(path).getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readNBytes(200), StandardCharsets.ISO_8859_1);
    }
  }

  private static final class Reader {
    private final StringBuilder head = new StringBuilder();
    private long missing = Long.MAX_VALUE;
    private boolean closed;

    void take(String part) {
      if (missing != Long.MAX_VALUE) {
        missing -= part.length();
        return;
      }
      head.append(part);
      int end = head.indexOf(END_OF_HEADERS);
      Matcher length = LENGTH.matcher(head);
      if (end >= 0 && length.find()) {
        missing = Long.parseLong(length.group(1)) - (head.length() - end - END_OF_HEADERS.length());
      }
    }

    /** Without what came after the headers if they tell a length. */
    String text() {
      return head.toString();
    }

    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    boolean isWhole() {
      return missing <= 0;
    }

    void close() {
      closed = true;
    }

    boolean isClosed() {
      return closed;
    }
  }
}
