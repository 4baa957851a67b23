package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What token-service is asked to measure its file backend; wrk cannot tell how many creates it
 * makes.
 *
 * @param root of the service
 * @param token of the administrator, where the service has one
 */
record TokenLoad(URI root, Optional<String> token) {
  static final int CLIENTS = 32;
  static final int TOKENS = 1_000;

  private static final int LISTS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SYNCED_BYTES = 4 * 1024;

  /** With the token that the service has made for itself in its state directory, if it has. */
  static TokenLoad of(URI root, Path state) throws IOException {
    Path file = state.resolve("podlab/token-service/admin-token");
    return new TokenLoad(
        root, Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty());
  }

  /** A JVM's compiler needs some rounds first; their tokens expire and are cleaned away. */
  void warmUp() throws Exception {
    create("ttl=1s");
    create("ttl=1s");
    listsMillis();
    long begin = System.nanoTime();
    while (!send(request("/tokens"), 200).isEmpty()) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw Failure.failed("token-service keeps tokens that have expired");
      }
      Thread.sleep(200);
    }
  }

  TokenSample measure(Path disk) throws Exception {
    long begin = System.nanoTime();
    create("ttl=1h");
    double seconds = (System.nanoTime() - begin) / 1e9;
    double[] lists = listsMillis();
    return new TokenSample(
        TOKENS / seconds,
        TokenSample.percentile(lists, 0.5),
        TokenSample.percentile(lists, 0.95),
        syncedWritesPerSecond(disk));
  }

  private void create(String form) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      AtomicInteger left = new AtomicInteger(TOKENS);
      List<Future<Void>> done = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        done.add(clients.submit(client(left, form)));
      }
      for (Future<Void> each : done) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private Callable<Void> client(AtomicInteger left, String form) {
    return () -> {
      while (left.getAndDecrement() > 0) {
        send(
            request("/tokens")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)),
            201);
      }
      return null;
    };
  }

  private double[] listsMillis() throws Exception {
    double[] millis = new double[LISTS];
    for (int i = 0; i < LISTS; i++) {
      long begin = System.nanoTime();
      send(request("/tokens"), 200);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    return millis;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(PATIENCE);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  private static String send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = Client.HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw Failure.failed("token-service answered " + answer.body().strip());
    }
    return answer.body();
  }

  /** For a second, one after another, to the end of one file. */
  static double syncedWritesPerSecond(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "synced", ".tmp");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long begin = System.nanoTime();
      int writes = 0;
      while (System.nanoTime() - begin < Duration.ofSeconds(1).toNanos()) {
        channel.write(ByteBuffer.allocate(SYNCED_BYTES));
        channel.force(true);
        writes++;
      }
      return writes / ((System.nanoTime() - begin) / 1e9);
    } finally {
      Files.delete(file);
    }
  }

  /** Made when it is needed first. */
  private static final class Client {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
  }
}
