package io.podlab.lab.cluster;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that request {@code /} and {@code /delay} at a steady rate until they are stopped.
 *
 * <p>They use plain sockets, because HTTP clients silently repeat a request that was lost on a
 * closed connection. These clients send each request once. They support only {@code Content-Length}
 * and {@code Connection: close}.
 */
final class SteadyLoad implements AutoCloseable {
  private static final int TIMEOUT_MILLISECONDS = 10_000;
  private static final int PAUSE_MILLISECONDS = 10;

  private final String address;
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> pods = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(10);

  private SteadyLoad(String address) {
    this.address = address;
  }

  /** Eight quick clients and two with slow requests, half of each with keep-alive. */
  static SteadyLoad on(String address) {
    SteadyLoad load = new SteadyLoad(address);
    for (int i = 0; i < 8; i++) {
      load.add("/", i % 2 == 0);
    }
    load.add("/delay/300ms", true);
    load.add("/delay/300ms", false);
    return load;
  }

  /** Two clients, each request on a connection of its own: a Service chooses a pod for each. */
  static SteadyLoad onNewConnections(String address) {
    SteadyLoad load = new SteadyLoad(address);
    load.add("/", false);
    load.add("/", false);
    return load;
  }

  private void add(String path, boolean keepAlive) {
    clients.scheduleWithFixedDelay(
        new Client(this, path, keepAlive), 0, PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  int answered() {
    return answered.get();
  }

  /** The error of each request without a response. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** The pods that have answered. */
  Set<String> pods() {
    return Set.copyOf(pods);
  }

  private void note(Client client, Response response) {
    if (response.status() == 200) {
      answered.incrementAndGet();
      if (client.path.equals("/")) {
        pods.add(response.body().split("[ ,]")[1]);
      }
    } else {
      failures.add(client + ": " + response);
    }
  }

  /** Returns when the requests in flight have ended. */
  @Override
  public void close() {
    clients.shutdown();
    try {
      clients.awaitTermination(2 * TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Response(int status, boolean last, String body) {
    static Response read(InputStream in) throws IOException {
      int status = Integer.parseInt(line(in).split(" ")[1]);
      int length = 0;
      boolean last = false;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("content-length:")) {
          length = Integer.parseInt(header.substring("content-length:".length()).strip());
        }
        last |= header.replace(" ", "").equals("connection:close");
      }
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("the answer ends early");
      }
      return new Response(status, last, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("closed in the place of an answer");
        }
        line.append((char) next);
      }
      return line.toString().stripTrailing();
    }
  }

  private static final class Client implements Runnable {
    private final SteadyLoad load;
    private final String path;
    private final boolean keepAlive;
    private Socket socket = new Socket();
    private InputStream in;
    private int asked;

    Client(SteadyLoad load, String path, boolean keepAlive) {
      this.load = load;
      this.path = path;
      this.keepAlive = keepAlive;
    }

    /** Sends one request, on the open connection or a new one. */
    @Override
    public void run() {
      asked++;
      try {
        if (!socket.isConnected()) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(TIMEOUT_MILLISECONDS);
          socket.connect(new InetSocketAddress(load.address, 8080), TIMEOUT_MILLISECONDS);
          in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request());
        Response response = Response.read(in);
        load.note(this, response);
        if (!keepAlive || response.last()) {
          disconnect();
        }
      } catch (IOException lost) {
        load.failures.add("%s, request %d of its connection: %s".formatted(this, asked, lost));
        disconnect();
      }
    }

    private void disconnect() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      socket = new Socket();
      asked = 0;
    }

    private byte[] request() {
      return "GET %s HTTP/1.1\r\nHost: %s:8080\r\nConnection: %s\r\n\r\n"
          .formatted(path, load.address, keepAlive ? "keep-alive" : "close")
          .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return path + (keepAlive ? " with keep-alive" : " on a new connection");
    }
  }
}
