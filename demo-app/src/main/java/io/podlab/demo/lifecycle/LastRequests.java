package io.podlab.demo.lifecycle;

import io.podlab.kit.text.Printable;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * The last requests of {@link RequestKind#REQUEST}. Adding a request never blocks. Readers do the
 * expensive work, such as building the texts.
 */
@Singleton
public final class LastRequests {
  static final int MOST = 20;
  static final int LONGEST_PATH = 100;

  private final Clock clock;
  private final AtomicLong added = new AtomicLong();
  private final AtomicReferenceArray<Ended> ring = new AtomicReferenceArray<>(MOST);

  LastRequests(Clock clock) {
    this.clock = clock;
  }

  private record Ended(
      long number, long millisecond, String method, String path, int status, SocketAddress client) {
    ServedRequest served() {
      return new ServedRequest(
          number,
          Instant.ofEpochMilli(millisecond),
          Printable.line(cut(method)),
          Printable.line(cut(withoutQuery(path))),
          status == 0 ? Optional.empty() : Optional.of(status),
          client == null || client.hostAddress() == null ? "" : client.hostAddress());
    }
  }

  /**
   * @param target the request target as the client sent it; its query is not shown
   * @param client the peer address, read while the connection was open; a closed connection has
   *     none
   * @param complete false if the client disconnected before the answer was complete
   */
  void add(HttpServerRequest request, String target, SocketAddress client, boolean complete) {
    long number = added.incrementAndGet();
    ring.set(
        (int) (number % MOST),
        new Ended(
            number,
            clock.millis(),
            request.method().name(),
            target,
            complete ? request.response().getStatusCode() : 0,
            client));
  }

  public List<ServedRequest> newestFirst() {
    return IntStream.range(0, MOST)
        .mapToObj(ring::get)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Ended::number).reversed())
        .map(Ended::served)
        .toList();
  }

  private static String withoutQuery(String target) {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  private static String cut(String text) {
    return text.length() > LONGEST_PATH ? text.substring(0, LONGEST_PATH - 1) + "…" : text;
  }
}
