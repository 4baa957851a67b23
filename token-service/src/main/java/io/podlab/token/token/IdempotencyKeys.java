package io.podlab.token.token;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TooManyTokensException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * What was asked under which {@code Idempotency-Key} in the last ten minutes
 * (draft-ietf-httpapi-idempotency-key-header). In memory only: a restart forgets them, and every
 * replica has its own.
 */
@Singleton
final class IdempotencyKeys {
  static final Duration KEPT = Duration.ofMinutes(10);

  /** A bound on memory. */
  static final int MOST = 10_000;

  /** Of one caller, so that it leaves room for others. */
  static final int MOST_OF_A_CALLER = 1_000;

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private record Key(String caller, String key) {}

  /** Whoever works on it holds its monitor, so that of two at once the second waits. */
  static final class Attempt {
    private final long begun;

    /** How many work on it or wait to; guarded by the keys' monitor. */
    private int users;

    private TokenRequest request;
    private BootstrapToken token;
    private boolean done;

    private Attempt(long begun) {
      this.begun = begun;
    }

    /** A token that may or may not be kept by now. */
    void begin(TokenRequest request, BootstrapToken token) {
      this.request = request;
      this.token = token;
    }

    /** It was refused: the key is free for another request. */
    void forget() {
      begin(null, null);
    }

    void end() {
      done = true;
    }

    boolean isDone() {
      return done;
    }

    boolean hasBegun() {
      return token != null;
    }

    BootstrapToken token() {
      return token;
    }

    /**
     * @throws ProblemException (422) if the key stands for something else
     */
    void check(TokenRequest again) {
      if (hasBegun() && !request.equals(again)) {
        throw new ProblemException(
            new Problem(
                "Unprocessable Content",
                422,
                "it was used for another request in the last 10 minutes",
                "Idempotency-Key",
                "a key for each request"));
      }
    }
  }

  private final LongSupplier nanoTime;
  private final Map<Key, Attempt> attempts = new LinkedHashMap<>();

  @Inject
  IdempotencyKeys() {
    this(System::nanoTime);
  }

  IdempotencyKeys(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Does some work on what was asked under a key. An attempt that has not begun by then, because it
   * was refused, leaves the key unused.
   *
   * @param caller two callers may use the same key
   * @param key null for none: an attempt that nobody else has
   * @throws ProblemException (400) if it is no key
   * @throws TooManyTokensException if there are too many keys
   */
  <T> T attempt(String caller, String key, Function<Attempt, T> work) {
    Attempt attempt = take(caller, key);
    try {
      synchronized (attempt) {
        return work.apply(attempt);
      }
    } finally {
      release(caller, key, attempt);
    }
  }

  private synchronized Attempt take(String caller, String key) {
    long now = nanoTime.getAsLong();
    if (key == null) {
      return new Attempt(now);
    }
    if (!FORM.matcher(key).matches()) {
      throw new ProblemException(
          Problem.badField(
              "Idempotency-Key",
              "it is too long, empty or not ASCII",
              "1 to 255 visible characters"));
    }
    Iterator<Attempt> oldestFirst = attempts.values().iterator();
    while (oldestFirst.hasNext() && now - oldestFirst.next().begun >= KEPT.toNanos()) {
      oldestFirst.remove();
    }
    Attempt attempt = attempts.get(new Key(caller, key));
    if (attempt == null) {
      requireRoom(caller, now);
      attempt = new Attempt(now);
      attempts.put(new Key(caller, key), attempt);
    }
    attempt.users++;
    return attempt;
  }

  private void requireRoom(String caller, long now) {
    List<Attempt> own =
        attempts.entrySet().stream()
            .filter(entry -> entry.getKey().caller().equals(caller))
            .map(Map.Entry::getValue)
            .toList();
    boolean tooManyOwn = own.size() >= MOST_OF_A_CALLER;
    if (!tooManyOwn && attempts.size() < MOST) {
      return;
    }
    Collection<Attempt> inTheWay = tooManyOwn ? own : attempts.values();
    long oldest = inTheWay.iterator().next().begun;
    throw new TooManyTokensException(
        "there are %d Idempotency-Keys of the last 10 minutes already".formatted(inTheWay.size()),
        Optional.of(KEPT.minusNanos(now - oldest)));
  }

  private synchronized void release(String caller, String key, Attempt attempt) {
    attempt.users--;
    if (attempt.users == 0 && !attempt.hasBegun()) {
      attempts.remove(new Key(caller, key), attempt);
    }
  }
}
