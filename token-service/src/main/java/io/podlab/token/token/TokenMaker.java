package io.podlab.token.token;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TokenExistsException;
import io.podlab.token.bootstrap.TooManyTokensException;
import io.podlab.token.metrics.MeasuredBackend;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Makes a token of a request, once for an {@code Idempotency-Key}. */
@Singleton
final class TokenMaker {
  /** There are two thousand million ids; two in a row that are taken mean something else. */
  private static final int MOST_TRIES = 10;

  private final MeasuredBackend backend;
  private final IdempotencyKeys keys;
  private final CreateRate rate;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Inject
  TokenMaker(MeasuredBackend backend, IdempotencyKeys keys, CreateRate rate, Clock clock) {
    this.backend = backend;
    this.keys = keys;
    this.rate = rate;
    this.clock = clock;
  }

  /**
   * @param replayed whether it was made before, under the same key
   */
  record Made(BootstrapToken token, boolean replayed) {}

  /** A token's value that is kept nowhere. */
  String generate() {
    return BootstrapToken.randomValue(random);
  }

  /**
   * When this returns, the token is kept.
   *
   * @param key null for none
   * @throws ProblemException (409) if its id is taken, or the token of the key is gone; (422) if
   *     the key stands for another request
   * @throws TooManyTokensException if there are too many
   */
  Made make(TokenRequest request, String caller, String key) {
    return keys.attempt(
        caller,
        key,
        attempt -> {
          attempt.check(request);
          if (attempt.isDone()) {
            return new Made(active(kept(attempt.token()), attempt.token().id()), true);
          }
          rate.take();
          BootstrapToken token = keep(request, attempt);
          attempt.end();
          return new Made(token, false);
        });
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
                        "the token of this Idempotency-Key, id \"%s\", was deleted or has expired;"
                                .formatted(id)
                            + " use another key")));
  }

  private BootstrapToken keep(TokenRequest request, IdempotencyKeys.Attempt attempt) {
    for (int tries = 1; ; tries++) {
      boolean again = attempt.hasBegun();
      // The time to live begins anew: the try before may be minutes ago.
      BootstrapToken token =
          draw(
              request, again ? attempt.token().value() : request.token().orElseGet(this::generate));
      attempt.begin(request, token);
      try {
        backend.create(token);
        return token;
      } catch (TokenExistsException taken) {
        Optional<BootstrapToken> kept = again ? kept(token) : Optional.empty();
        if (kept.isPresent()) {
          // The backend had kept it, and its answer was lost.
          attempt.end();
          return active(kept, token.id());
        }
        attempt.forget();
        if (request.token().isPresent() || tries == MOST_TRIES) {
          throw new ProblemException(Problem.of(409, taken.getMessage() + unlessShown(token.id())));
        }
      } catch (ProblemException | TooManyTokensException refused) {
        attempt.forget();
        throw refused;
      }
    }
  }

  private Optional<BootstrapToken> kept(BootstrapToken token) {
    return backend.find(token.id()).filter(there -> there.secret().equals(token.secret()));
  }

  private String unlessShown(String id) {
    return backend.find(id).isPresent()
        ? ""
        : ", but is not shown: it is malformed (the log says how), or it has expired and is soon"
            + " removed";
  }

  private BootstrapToken draw(TokenRequest request, String value) {
    String[] halves = value.split("\\.");
    return new BootstrapToken(
        halves[0],
        halves[1],
        request.ttl().isZero()
            ? Optional.empty()
            : Optional.of(clock.instant().plus(request.ttl()).truncatedTo(ChronoUnit.SECONDS)),
        request.usages(),
        request.groups(),
        request.description());
  }
}
