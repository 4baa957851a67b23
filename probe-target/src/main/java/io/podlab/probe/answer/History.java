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
 * The last probes of a kind. Nobody waits for anybody: the probes of many threads go in at once.
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

  /** Of all probes since the start. */
  public long count() {
    return count.get();
  }

  /** At most {@link #KEPT}, the latest last. */
  public List<ProbeRequest> last() {
    return IntStream.range(0, KEPT)
        .mapToObj(ring::get)
        .filter(Objects::nonNull)
        .sorted((one, other) -> Long.compare(one.number(), other.number()))
        .toList();
  }

  /** Tells of every probe from now on, on the thread that answers it; ends with the handle. */
  public Runnable follow(Consumer<ProbeRequest> follower) {
    // Wrapped, so that one who follows twice ends once.
    Consumer<ProbeRequest> one = follower::accept;
    followers.add(one);
    return () -> followers.remove(one);
  }
}
