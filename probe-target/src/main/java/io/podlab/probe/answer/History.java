package io.podlab.probe.answer;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * The last requests to a probe. Lock-free, so that probes on many threads do not block each other.
 */
public final class History {
  public static final int KEPT = 200;

  private final AtomicLong count = new AtomicLong();
  private final AtomicReferenceArray<ProbeRequest> ring = new AtomicReferenceArray<>(KEPT);
  private final List<Consumer<ProbeRequest>> followers = new CopyOnWriteArrayList<>();

  ProbeRequest add(LongFunction<ProbeRequest> requestOfNumber) {
    long number = count.incrementAndGet();
    ProbeRequest request = requestOfNumber.apply(number);
    ring.set((int) (number % KEPT), request);
    if (!followers.isEmpty()) {
      followers.forEach(follower -> follower.accept(request));
    }
    return request;
  }

  /** The number of requests since the start. */
  public long count() {
    return count.get();
  }

  /** At most {@link #KEPT} requests, in order; the last one is the newest. */
  public List<ProbeRequest> last() {
    return IntStream.range(0, KEPT)
        .mapToObj(ring::get)
        .filter(Objects::nonNull)
        .sorted((one, other) -> Long.compare(one.number(), other.number()))
        .toList();
  }

  /**
   * Calls back for each further request, on the thread that answers it.
   *
   * @return ends the subscription
   */
  public Runnable follow(Consumer<ProbeRequest> follower) {
    // A new object, so that the same follower can subscribe twice and end one subscription.
    Consumer<ProbeRequest> one = follower::accept;
    followers.add(one);
    return () -> followers.remove(one);
  }
}
