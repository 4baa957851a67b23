package io.podlab.demo.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The addresses of a name, looked up again when they are older than a second, and used in turn: so
 * the pods of a headless Service are all asked, and those that come and go are noticed.
 */
final class Addresses {
  private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

  private final String host;
  private final int port;
  private final Callable<InetAddress[]> lookup;
  private final LongSupplier nanoTime;
  private FutureTask<List<InetAddress>> found;
  private long askedAt;
  private int turn;

  Addresses(LoadTarget target, Callable<InetAddress[]> lookup, LongSupplier nanoTime) {
    this.host = target.host();
    this.port = target.port();
    this.lookup = lookup;
    this.nanoTime = nanoTime;
  }

  static Addresses of(LoadTarget target) {
    // The second is counted here. The JVM would keep what it has found for 30 s, and for 10 s that
    // it has not found a name.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    return new Addresses(target, () -> InetAddress.getAllByName(target.host()), System::nanoTime);
  }

  /**
   * The address for the next connection.
   *
   * @throws RequestFailure if the name is unknown, or nothing is known in time
   */
  InetSocketAddress next(Deadline deadline) throws RequestFailure, InterruptedException {
    try {
      List<InetAddress> addresses = current().get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
      return new InetSocketAddress(addresses.get(turn(addresses.size())), port);
    } catch (ExecutionException failure) {
      throw new RequestFailure(
          failure.getCause() instanceof UnknownHostException
              ? "the name %s is unknown".formatted(host)
              : "the name %s cannot be looked up".formatted(host));
    } catch (TimeoutException | SocketTimeoutException late) {
      throw new RequestFailure("no answer from DNS " + deadline);
    }
  }

  /** Only one lookup at a time, however many requests wait for it. */
  private synchronized FutureTask<List<InetAddress>> current() {
    long now = nanoTime.getAsLong();
    if (found == null || found.isDone() && now - askedAt > MAX_AGE) {
      found = new FutureTask<>(() -> ofOneFamily(lookup.call()));
      askedAt = now;
      Thread thread = new Thread(found, "lookup");
      thread.setDaemon(true);
      thread.start();
    }
    return found;
  }

  private synchronized int turn(int size) {
    turn = (turn + 1) % size;
    return turn;
  }

  /** A server need not listen on both families; a client prefers the first. */
  private static List<InetAddress> ofOneFamily(InetAddress... addresses) throws IOException {
    if (addresses.length == 0) {
      throw new UnknownHostException();
    }
    return Arrays.stream(addresses)
        .filter(address -> address.getClass() == addresses[0].getClass())
        .toList();
  }
}
