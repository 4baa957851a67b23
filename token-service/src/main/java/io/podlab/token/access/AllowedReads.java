package io.podlab.token.access;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Who was allowed to read lately, so that a client that polls is not a stream of reviews at the API
 * server. What changes something, and what was refused, is asked anew each time.
 */
final class AllowedReads {
  static final long TTL_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Bounds memory; who falls out is asked about again. */
  static final int MOST = 1_000;

  private final LongSupplier nanos;
  private final Digest digest = new Digest(new SecureRandom());
  private final Map<ByteBuffer, Entry> entries =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Entry> eldest) {
          return size() > MOST;
        }
      };

  private record Entry(String user, long since) {}

  /**
   * @param nanos a clock that never jumps, such as {@link System#nanoTime}
   */
  AllowedReads(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The user, if this bearer was allowed this within the last ten seconds. */
  synchronized Optional<String> user(String bearer, Right right) {
    if (!right.verb().reads()) {
      return Optional.empty();
    }
    ByteBuffer key = key(bearer, right);
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (nanos.getAsLong() - entry.since() >= TTL_NANOS) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.user());
  }

  /**
   * @param since when it was asked, by the clock of this cache: an answer is as old as its question
   */
  synchronized void add(String bearer, Right right, String user, long since) {
    if (right.verb().reads()) {
      ByteBuffer key = key(bearer, right);
      entries.remove(key);
      entries.put(key, new Entry(user, since));
    }
  }

  private ByteBuffer key(String bearer, Right right) {
    return ByteBuffer.wrap(digest.of(right + " " + bearer));
  }

  synchronized int size() {
    return entries.size();
  }
}
