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
 * The addresses of a host name. They are looked up again when they are older than a second, and
 * used in turn. So all pods of a headless Service get requests, and changes of the pods are
 * noticed.
 */
final class Addresses {
  private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

  private final String host;
  private final int port;
  private final Callable<InetAddress[]> lookup;
  private final LongSupplier nanoTime;
  private FutureTask<List<InetAddress>> found;
  private long askedAt;
  private int next;

  Addresses(LoadTarget target, Callable<InetAddress[]> lookup, LongSupplier nanoTime) {
    this.host = target.host();
    this.port = target.port();
    this.lookup = lookup;
    this.nanoTime = nanoTime;
  }

  static Addresses of(LoadTarget target) {
    // This class caches for one second. By default the JVM caches an address for 30 s, and a failed
    // lookup for 10 s.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    return new Addresses(target, () -> InetAddress.getAllByName(target.host()), System::nanoTime);
  }

  /**
   * The address for the next connection.
   *
   * @throws RequestFailure if the lookup fails or takes too long
   */
  InetSocketAddress next(Deadline deadline) throws RequestFailure, InterruptedException {
    try {
      List<InetAddress> addresses = current().get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
      return new InetSocketAddress(addresses.get(nextIndex(addresses.size())), port);
    } catch (ExecutionException failure) {
      throw new RequestFailure(
          failure.getCause() instanceof UnknownHostException
              ? "host name %s not found".formatted(host)
              : "lookup of host name %s failed".formatted(host));
    } catch (TimeoutException | SocketTimeoutException late) {
      throw new RequestFailure("no answer from DNS " + deadline);
    }
  }

  /** Starts at most one lookup at a time; all requests wait for the same one. */
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

  private synchronized int nextIndex(int size) {
    next = (next + 1) % size;
    return next;
  }

  /** Uses only the family of the first address: a server may not listen on both. */
  private static List<InetAddress> ofOneFamily(InetAddress... addresses) throws IOException {
    if (addresses.length == 0) {
      throw new UnknownHostException();
    }
    return Arrays.stream(addresses)
        .filter(address -> address.getClass() == addresses[0].getClass())
        .toList();
  }
}
