package io.podlab.token.token;

import static io.podlab.token.http.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.http.Problem;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TooManyTokensException;
import io.podlab.token.metrics.Measured;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMakerTest {
  private static final TokenRequest ANY = request(Optional.empty(), Duration.ofHours(24));
  private static final TokenRequest CHOSEN =
      request(Optional.of("abcdef.0123456789abcdef"), Duration.ofHours(24));

  private final MemoryTokens backend = new MemoryTokens();
  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final TokenMaker maker = maker(1_000_000);

  @Test
  void makesATokenOfKubeadmsDefaults() {
    // When
    BootstrapToken token = maker.make(ANY, "", null).token();

    // Then
    assertThat(token)
        .usingRecursiveComparison()
        .ignoringFields("id", "secret")
        .isEqualTo(
            new BootstrapToken(
                "ignore",
                "0123456789abcdef",
                Optional.of(Instant.parse("2026-03-02T12:00:00Z")),
                List.of("authentication", "signing"),
                List.of("system:bootstrappers:kubeadm:default-node-token"),
                ""));
  }

  @Test
  void makesTheTokenThatIsAskedFor() {
    assertThat(maker.make(CHOSEN, "", null).token().value()).isEqualTo("abcdef.0123456789abcdef");
  }

  @Test
  void makesATokenThatNeverExpiresForATimeToLiveOfZero() {
    // Given
    TokenRequest forever = request(Optional.empty(), Duration.ZERO);

    // When, Then
    assertThat(maker.make(forever, "", null).token().expires()).isEmpty();
  }

  @Test
  void drawsAnotherWhenARandomIdIsTaken() {
    // Given
    backend.collisions = 9;

    // When
    BootstrapToken token = maker.make(ANY, "", null).token();

    // Then
    assertThat(backend.tokens).containsOnlyKeys(token.id());
  }

  @Test
  void givesUpWhenEveryIdIsTaken() {
    // Given
    backend.collisions = 10;

    // When, Then
    assertThat(refused(() -> maker.make(ANY, "", null)).status()).isEqualTo(409);
  }

  @Test
  void drawsNoOtherThanTheTokenThatWasAskedFor() {
    // Given
    maker.make(CHOSEN, "", null);

    // When
    Problem problem = refused(() -> maker.make(CHOSEN, "", null));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::detail)
        .containsExactly(409, "a token with id \"abcdef\" already exists");
  }

  @Test
  void makesOneTokenForAKey() {
    // Given
    TokenMaker.Made first = maker.make(ANY, "", "key");

    // When
    TokenMaker.Made second = maker.make(ANY, "", "key");

    // Then
    assertThat(second.token()).isEqualTo(first.token());
    assertThat(List.of(first.replayed(), second.replayed())).containsExactly(false, true);
    assertThat(backend.tokens).hasSize(1);
  }

  @Test
  void makesAnotherWithoutAKey() {
    // When
    maker.make(ANY, "", null);
    maker.make(ANY, "", null);

    // Then
    assertThat(backend.tokens).hasSize(2);
  }

  @Test
  void makesAnotherForTheSameKeyOfAnotherCaller() {
    // When
    maker.make(ANY, "alice", "key");
    maker.make(ANY, "bob", "key");

    // Then
    assertThat(backend.tokens).hasSize(2);
  }

  @Test
  void forgetsAKeyAfterTenMinutes() {
    // Given
    maker.make(ANY, "", "key");

    // When
    nanos.addAndGet(IdempotencyKeys.KEPT.toNanos() - 1);
    boolean before = maker.make(ANY, "", "key").replayed();
    nanos.addAndGet(1);
    boolean after = maker.make(ANY, "", "key").replayed();

    // Then
    assertThat(List.of(before, after)).containsExactly(true, false);
  }

  @Test
  void refusesAKeyThatStandsForAnotherRequest() {
    // Given
    maker.make(ANY, "", "key");

    // When
    Problem problem = refused(() -> maker.make(CHOSEN, "", "key"));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::field)
        .containsExactly(422, "Idempotency-Key");
    assertThat(backend.tokens).hasSize(1);
  }

  @Test
  void freesTheKeyOfARequestThatWasRefused() {
    // Given
    maker.make(CHOSEN, "", null);
    refused(() -> maker.make(CHOSEN, "", "key"));

    // When
    maker.make(ANY, "", "key");

    // Then
    assertThat(backend.tokens).hasSize(2);
  }

  @Test
  void findsTheTokenAgainWhoseAnswerTheBackendLost() {
    // Given
    backend.losesAnswers = true;
    assertThatThrownBy(() -> maker.make(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);
    backend.losesAnswers = false;

    // When
    BootstrapToken token = maker.make(ANY, "", "key").token();

    // Then
    assertThat(backend.tokens).containsOnlyKeys(token.id());
  }

  @Test
  void givesATokenItsWholeTimeThoughItIsMadeByALaterTry() {
    // Given
    backend.away = true;
    assertThatThrownBy(() -> maker.make(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);
    backend.away = false;

    // When
    clock.advance(Duration.ofHours(48));
    BootstrapToken token = maker.make(ANY, "", "key").token();

    // Then
    assertThat(token.expires()).contains(Instant.parse("2026-03-04T12:00:00Z"));
    assertThat(backend.tokens.values()).containsExactly(token);
  }

  @Test
  void answersWhatIsKeptThoughItIsAskedAgainLater() {
    // Given
    backend.losesAnswers = true;
    assertThatThrownBy(() -> maker.make(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);

    // When
    clock.advance(Duration.ofHours(1));
    BootstrapToken token = maker.make(ANY, "", "key").token();

    // Then
    assertThat(token.expires()).contains(Instant.parse("2026-03-02T12:00:00Z"));
    assertThat(backend.tokens.values()).containsExactly(token);
  }

  @Test
  void doesNotHandOutATokenThatExpiredBeforeItsAnswerArrived() {
    // Given
    backend.losesAnswers = true;
    assertThatThrownBy(() -> maker.make(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);

    // When
    clock.advance(Duration.ofHours(24));

    // Then
    assertThat(refused(() -> maker.make(ANY, "", "key")).status()).isEqualTo(409);
  }

  @Test
  void saysWhyATokenExistsThatNobodyCanSee() {
    // Given
    backend.collisions = 1;

    // When
    Problem problem = refused(() -> maker.make(CHOSEN, "", null));

    // Then
    assertThat(problem.detail())
        .isEqualTo(
            "a token with id \"abcdef\" already exists, but is not shown: it is malformed (the log"
                + " says how), or it has expired and is soon removed");
  }

  @Test
  void doesNotHandOutATokenThatWasDeletedMeanwhile() {
    // Given
    BootstrapToken token = maker.make(ANY, "", "key").token();
    backend.delete(token);

    // When, Then
    assertThat(refused(() -> maker.make(ANY, "", "key")))
        .extracting(Problem::status, Problem::detail)
        .containsExactly(
            409,
            "the token of this Idempotency-Key, id \"%s\", was deleted or has expired; use another key"
                .formatted(token.id()));
  }

  @Test
  void doesNotHandOutATokenThatHasExpiredMeanwhile() {
    // Given
    maker.make(CHOSEN, "", "key");

    // When
    clock.advance(Duration.ofHours(24));

    // Then
    assertThat(refused(() -> maker.make(CHOSEN, "", "key")).status()).isEqualTo(409);
  }

  @Test
  void makesOneTokenForThirtyTwoWhoUseTheSameKeyAtOnce() throws Exception {
    // Given
    ExecutorService threads = Executors.newFixedThreadPool(32);
    Callable<String> work = () -> maker.make(ANY, "", "key").token().value();

    // When
    Set<String> values = new HashSet<>();
    for (Future<String> done : threads.invokeAll(Collections.nCopies(32, work))) {
      values.add(done.get());
    }
    threads.shutdown();

    // Then
    assertThat(values).hasSize(1);
    assertThat(backend.tokens).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\tb", "é"})
  void refusesWhatIsNoKey(String key) {
    assertThat(refused(() -> maker.make(ANY, "", key)))
        .extracting(Problem::status, Problem::field)
        .containsExactly(400, "Idempotency-Key");
  }

  @Test
  void takesAKeyOf255CharactersAndNoneOf256() {
    // When
    Throwable longest = catchThrowable(() -> maker.make(ANY, "", "x".repeat(255)));
    Problem longer = refused(() -> maker.make(ANY, "", "x".repeat(256)));

    // Then
    assertThat(longest).isNull();
    assertThat(longer.status()).isEqualTo(400);
  }

  @Test
  void remembersNoKeyOfARequestThatWasTooMuch() {
    // Given
    TokenMaker bounded = maker(1);
    bounded.make(ANY, "", null);
    for (int i = 0; i <= IdempotencyKeys.MOST; i++) {
      String key = "key-" + i;
      catchThrowable(() -> bounded.make(ANY, "", key));
    }

    // When
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    Throwable later = catchThrowable(() -> bounded.make(ANY, "", "one-more"));

    // Then
    assertThat(later).isNull();
  }

  @Test
  void letsNoCallerTakeAllKeys() {
    // Given
    for (int i = 0; i <= IdempotencyKeys.MOST; i++) {
      String key = "key-" + i;
      catchThrowable(() -> maker.make(ANY, "alice", key));
    }

    // When
    Throwable more = tooMany(() -> maker.make(ANY, "alice", "one-more"));
    Throwable other = catchThrowable(() -> maker.make(ANY, "bob", "one-more"));

    // Then
    assertThat(more).hasMessage("there are 1000 Idempotency-Keys of the last 10 minutes already");
    assertThat(other).isNull();
  }

  @Test
  void remembersABoundedNumberOfKeysAndTellsWhenThereIsRoomAgain() {
    // Given
    for (int i = 0; i < IdempotencyKeys.MOST; i++) {
      maker.make(ANY, "caller-" + i % 100, "key-" + i);
    }
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());

    // When
    TooManyTokensException refusal = tooMany(() -> maker.make(ANY, "", "one-more"));
    nanos.addAndGet(refusal.retryAfter().orElseThrow().toNanos());
    Throwable later = catchThrowable(() -> maker.make(ANY, "", "one-more"));

    // Then
    assertThat(refusal)
        .hasMessage("there are 10000 Idempotency-Keys of the last 10 minutes already");
    assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(9));
    assertThat(later).isNull();
  }

  @Test
  void makesSoManyAtOnceAndThenSoManyASecond() {
    // Given
    TokenMaker bounded = maker(2);

    // When
    bounded.make(ANY, "", null);
    bounded.make(ANY, "", "key");
    TooManyTokensException third = tooMany(() -> bounded.make(ANY, "", null));
    boolean replayed = bounded.make(ANY, "", "key").replayed();
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    bounded.make(ANY, "", null);
    TooManyTokensException fifth = tooMany(() -> bounded.make(ANY, "", null));

    // Then
    assertThat(third).hasMessage("more than 2 tokens a second; try again later");
    assertThat(fifth.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(replayed).isTrue();
  }

  private static TooManyTokensException tooMany(ThrowingCallable request) {
    return catchThrowableOfType(TooManyTokensException.class, request);
  }

  private TokenMaker maker(int perSecond) {
    return new TokenMaker(
        Measured.of(backend, clock, new SimpleMeterRegistry()),
        new IdempotencyKeys(nanos::get),
        new CreateRate(perSecond, nanos::get),
        clock);
  }

  private static TokenRequest request(Optional<String> token, Duration ttl) {
    return new TokenRequest(
        token, ttl, BootstrapToken.DEFAULT_USAGES, BootstrapToken.DEFAULT_GROUPS, "");
  }
}
