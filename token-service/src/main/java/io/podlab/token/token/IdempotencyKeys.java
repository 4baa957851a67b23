package io.podlab.token.token;

import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.http.Problem;
import io.podlab.token.http.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private record Key(String caller, String key) {}

  /** Whoever works on it holds its monitor, so that of two at once the second waits. */
  static final class Attempt {
    private final long begun;
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
   * @param caller two callers may use the same key
   * @param key null for none: an attempt that nobody else has
   * @throws ProblemException (400) if it is no key, (429) if there are too many
   */
  synchronized Attempt attempt(String caller, String key) {
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
    if (attempts.size() >= MOST && !attempts.containsKey(new Key(caller, key))) {
      throw new ProblemException(
          Problem.of(
              429, "there are %d Idempotency-Keys of the last 10 minutes already".formatted(MOST)));
    }
    return attempts.computeIfAbsent(new Key(caller, key), absent -> new Attempt(now));
  }
}
