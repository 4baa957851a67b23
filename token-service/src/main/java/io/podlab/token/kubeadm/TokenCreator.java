package io.podlab.token.kubeadm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TokenExistsException;
import io.podlab.token.bootstrap.TooManyTokensException;
import io.podlab.token.observability.ObservedTokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Creates tokens within the limits, and only one per {@code Idempotency-Key}. */
@Singleton
final class TokenCreator {
  /**
   * The lifetime of a key (draft-ietf-httpapi-idempotency-key-header). Keys are kept in memory: a
   * restart loses them, and replicas do not share them.
   */
  static final Duration KEPT = Duration.ofMinutes(10);

  /** Limits memory. */
  static final int MOST_KEYS = 10_000;

  /** Prevents one caller from using all keys. */
  static final int MOST_KEYS_OF_A_CALLER = 1_000;

  /** There are 36^6 (two billion) IDs, so repeated collisions have another cause. */
  private static final int MOST_TRIES = 10;

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final ObservedTokens tokens;
  private final CreateRate rate;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final int mostKeys;
  private final SecureRandom random = new SecureRandom();
  private final Cache<Key, Attempt> attempts;

  /** The caller is part of the key: two callers can use the same value. */
  private record Key(String caller, String key) {}

  /** The state of a key. A request locks its monitor while it works on it. */
  private static final class Attempt {
    private final long begun;
    private TokenRequest request;

    /** Null at first. Until {@link #done}, the backend may or may not have stored it. */
    private BootstrapToken token;

    private boolean done;

    Attempt(long begun) {
      this.begun = begun;
    }
  }

  /**
   * @param replayed whether an earlier request with the same key created the token
   */
  record Created(BootstrapToken token, boolean replayed) {}

  @Inject
  TokenCreator(ObservedTokens tokens, TokenConfig config, Clock clock) {
    this(
        tokens,
        config.maxCreates().orElse(tokens.createsPerSecond()),
        MOST_KEYS,
        clock,
        System::nanoTime);
  }

  TokenCreator(
      ObservedTokens tokens, int perSecond, int mostKeys, Clock clock, LongSupplier nanoTime) {
    this.tokens = tokens;
    this.rate = new CreateRate(perSecond, nanoTime);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.mostKeys = mostKeys;
    this.attempts =
        Caffeine.newBuilder().expireAfterWrite(KEPT).ticker(nanoTime::getAsLong).build();
  }

  /** A random token that is not stored. */
  String generate() {
    return BootstrapToken.randomValue(random);
  }

  /**
   * Creates a token. After this method returns, the token is stored.
   *
   * @param key the Idempotency-Key; null for none
   * @throws ProblemException 400 for an invalid key; 409 if the ID is taken or the token of the key
   *     is gone; 422 if the key was used with other fields
   * @throws TooManyTokensException if a limit is reached
   */
  Created create(TokenRequest request, String caller, String key) {
    if (key == null) {
      return create(request, caller, new Attempt(0));
    }
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          Problem.badField(
              "Idempotency-Key",
              "the value is empty, too long, or contains blanks or non-ASCII characters",
              "1 to 255 visible ASCII characters, for example a UUID"));
    }
    Key ours = new Key(caller, key);
    while (true) {
      Attempt attempt = attempt(ours);
      synchronized (attempt) {
        // Retry if the earlier request failed meanwhile and removed the key.
        if (attempts.getIfPresent(ours) == attempt) {
          try {
            return create(request, caller, attempt);
          } finally {
            if (attempt.token == null) {
              attempts.invalidate(ours);
            }
          }
        }
      }
    }
  }

  private synchronized Attempt attempt(Key key) {
    Attempt known = attempts.getIfPresent(key);
    if (known != null) {
      return known;
    }
    long now = nanoTime.getAsLong();
    refuseMoreThan(MOST_KEYS_OF_A_CALLER, now, other -> other.caller().equals(key.caller()));
    refuseMoreThan(mostKeys, now, other -> true);
    Attempt attempt = new Attempt(now);
    attempts.put(key, attempt);
    return attempt;
  }

  private void refuseMoreThan(int most, long now, Predicate<Key> counted) {
    if (attempts.estimatedSize() < most) {
      return;
    }
    LongSummaryStatistics ages =
        attempts.asMap().entrySet().stream()
            .filter(entry -> counted.test(entry.getKey()))
            .mapToLong(entry -> now - entry.getValue().begun)
            .summaryStatistics();
    if (ages.getCount() >= most) {
      throw new TooManyTokensException(
          "too many Idempotency-Keys (at most %d in 10 minutes); try again later".formatted(most),
          Optional.of(KEPT.minusNanos(ages.getMax())));
    }
  }

  private Created create(TokenRequest request, String caller, Attempt attempt) {
    if (attempt.token != null && !attempt.request.equals(request)) {
      throw new ProblemException(
          new Problem(
              "Unprocessable Content",
              422,
              "the key was used with other fields in the last 10 minutes",
              "Idempotency-Key",
              "a new key for each new request"));
    }
    if (attempt.done) {
      return new Created(active(kept(attempt.token), attempt.token.id()), true);
    }
    rate.take();
    BootstrapToken token = keep(request, caller, attempt);
    attempt.done = true;
    return new Created(token, false);
  }

  private BootstrapToken active(Optional<BootstrapToken> token, String id) {
    Instant now = clock.instant();
    return token
        .filter(there -> !there.hasExpired(now))
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        409,
                        "the token of this Idempotency-Key (ID \"%s\") was deleted or has expired;"
                                .formatted(id)
                            + " use a new key")));
  }

  private BootstrapToken keep(TokenRequest request, String caller, Attempt attempt) {
    attempt.request = request;
    for (int tries = 1; ; tries++) {
      boolean again = attempt.token != null;
      String value = again ? attempt.token.value() : request.token().orElseGet(this::generate);
      // The TTL starts now: an earlier attempt may be minutes old.
      BootstrapToken token = request.toToken(value, clock.instant());
      attempt.token = token;
      try {
        tokens.create(token, request.ttl(), caller);
        return token;
      } catch (TokenExistsException taken) {
        Optional<BootstrapToken> kept = again ? kept(token) : Optional.empty();
        if (kept.isPresent()) {
          // The backend had stored the token, but its response was lost.
          attempt.done = true;
          return active(kept, token.id());
        }
        attempt.token = null;
        if (request.token().isPresent() || tries == MOST_TRIES) {
          throw new ProblemException(Problem.of(409, taken.getMessage() + unlessShown(token.id())));
        }
      } catch (TooManyTokensException refused) {
        attempt.token = null;
        throw refused;
      }
    }
  }

  private Optional<BootstrapToken> kept(BootstrapToken token) {
    return tokens.find(token.id()).filter(there -> there.secret().equals(token.secret()));
  }

  private String unlessShown(String id) {
    return tokens.find(id).isPresent()
        ? ""
        : ", but is not listed: either it has expired and is removed soon, or it is malformed"
            + " (see the service's log)";
  }
}
