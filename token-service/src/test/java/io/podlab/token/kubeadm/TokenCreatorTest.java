package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.http.Problem;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.MemoryTokens;
import io.podlab.token.bootstrap.TooManyTokensException;
import io.podlab.token.observability.Observed;
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

class TokenCreatorTest {
  private static final TokenRequest ANY = request(Optional.empty(), Duration.ofHours(24));
  private static final TokenRequest CHOSEN =
      request(Optional.of("abcdef.0123456789abcdef"), Duration.ofHours(24));

  private final MemoryTokens backend = new MemoryTokens();
  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong();
  private final TokenCreator creator = creator(1_000_000);

  @Test
  void createsATokenWithKubeadmsDefaults() {
    // When
    BootstrapToken token = creator.create(ANY, "", null).token();

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
  void createsTheRequestedToken() {
    assertThat(creator.create(CHOSEN, "", null).token().value())
        .isEqualTo("abcdef.0123456789abcdef");
  }

  @Test
  void createsATokenWithoutExpiryForATtlOfZero() {
    // Given
    TokenRequest forever = request(Optional.empty(), Duration.ZERO);

    // When, Then
    assertThat(creator.create(forever, "", null).token().expires()).isEmpty();
  }

  @Test
  void triesAnotherIdIfARandomOneIsTaken() {
    // Given
    backend.collisions = 9;

    // When
    BootstrapToken token = creator.create(ANY, "", null).token();

    // Then
    assertThat(backend.tokens).containsOnlyKeys(token.id());
  }

  @Test
  void givesUpAfterTooManyTakenIds() {
    // Given
    backend.collisions = 10;

    // When, Then
    assertThat(refused(() -> creator.create(ANY, "", null)).status()).isEqualTo(409);
  }

  @Test
  void doesNotReplaceTheRequestedToken() {
    // Given
    creator.create(CHOSEN, "", null);

    // When
    Problem problem = refused(() -> creator.create(CHOSEN, "", null));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::detail)
        .containsExactly(409, "a token with id \"abcdef\" already exists");
  }

  @Test
  void createsOneTokenPerKey() {
    // Given
    TokenCreator.Created first = creator.create(ANY, "", "key");

    // When
    TokenCreator.Created second = creator.create(ANY, "", "key");

    // Then
    assertThat(second.token()).isEqualTo(first.token());
    assertThat(List.of(first.replayed(), second.replayed())).containsExactly(false, true);
    assertThat(backend.tokens).hasSize(1);
  }

  @Test
  void createsAnotherTokenWithoutAKey() {
    // When
    creator.create(ANY, "", null);
    creator.create(ANY, "", null);

    // Then
    assertThat(backend.tokens).hasSize(2);
  }

  @Test
  void createsAnotherTokenForTheSameKeyOfAnotherCaller() {
    // When
    creator.create(ANY, "alice", "key");
    creator.create(ANY, "bob", "key");

    // Then
    assertThat(backend.tokens).hasSize(2);
  }

  @Test
  void forgetsAKeyAfterTenMinutes() {
    // Given
    creator.create(ANY, "", "key");

    // When
    nanos.addAndGet(TokenCreator.KEPT.toNanos() - 1);
    boolean before = creator.create(ANY, "", "key").replayed();
    nanos.addAndGet(1);
    boolean after = creator.create(ANY, "", "key").replayed();

    // Then
    assertThat(List.of(before, after)).containsExactly(true, false);
  }

  @Test
  void refusesAKeyUsedWithOtherFields() {
    // Given
    creator.create(ANY, "", "key");

    // When
    Problem problem = refused(() -> creator.create(CHOSEN, "", "key"));

    // Then
    assertThat(problem)
        .extracting(Problem::status, Problem::field)
        .containsExactly(422, "Idempotency-Key");
    assertThat(backend.tokens).hasSize(1);
  }

  @Test
  void releasesTheKeyOfAFailedRequest() {
    // Given
    creator.create(CHOSEN, "", null);
    refused(() -> creator.create(CHOSEN, "", "key"));

    // When
    creator.create(ANY, "", "key");

    // Then
    assertThat(backend.tokens).hasSize(2);
  }

  @Test
  void findsTheTokenAfterALostResponse() {
    // Given
    backend.losesResponses = true;
    assertThatThrownBy(() -> creator.create(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);
    backend.losesResponses = false;

    // When
    BootstrapToken token = creator.create(ANY, "", "key").token();

    // Then
    assertThat(backend.tokens).containsOnlyKeys(token.id());
  }

  @Test
  void startsTheTtlAtTheLastAttempt() {
    // Given
    backend.unavailable = true;
    assertThatThrownBy(() -> creator.create(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);
    backend.unavailable = false;

    // When
    clock.advance(Duration.ofHours(48));
    BootstrapToken token = creator.create(ANY, "", "key").token();

    // Then
    assertThat(token.expires()).contains(Instant.parse("2026-03-04T12:00:00Z"));
    assertThat(backend.tokens.values()).containsExactly(token);
  }

  @Test
  void returnsTheStoredTokenOnARetry() {
    // Given
    backend.losesResponses = true;
    assertThatThrownBy(() -> creator.create(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);

    // When
    clock.advance(Duration.ofHours(1));
    BootstrapToken token = creator.create(ANY, "", "key").token();

    // Then
    assertThat(token.expires()).contains(Instant.parse("2026-03-02T12:00:00Z"));
    assertThat(backend.tokens.values()).containsExactly(token);
  }

  @Test
  void refusesAReplayOfATokenThatExpiredBeforeTheResponse() {
    // Given
    backend.losesResponses = true;
    assertThatThrownBy(() -> creator.create(ANY, "", "key"))
        .isInstanceOf(BackendUnavailableException.class);

    // When
    clock.advance(Duration.ofHours(24));

    // Then
    assertThat(refused(() -> creator.create(ANY, "", "key")).status()).isEqualTo(409);
  }

  @Test
  void explainsAnExistingTokenThatIsNotListed() {
    // Given
    backend.collisions = 1;

    // When
    Problem problem = refused(() -> creator.create(CHOSEN, "", null));

    // Then
    assertThat(problem.detail())
        .startsWith("a token with id \"abcdef\" already exists, but is not listed");
  }

  @Test
  void refusesAReplayOfADeletedToken() {
    // Given
    BootstrapToken token = creator.create(ANY, "", "key").token();
    backend.delete(token);

    // When, Then
    Problem problem = refused(() -> creator.create(ANY, "", "key"));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.detail()).contains("Idempotency-Key", token.id());
  }

  @Test
  void refusesAReplayOfAnExpiredToken() {
    // Given
    creator.create(CHOSEN, "", "key");

    // When
    clock.advance(Duration.ofHours(24));

    // Then
    assertThat(refused(() -> creator.create(CHOSEN, "", "key")).status()).isEqualTo(409);
  }

  @Test
  void createsOneTokenForThirtyTwoConcurrentRequestsWithTheSameKey() throws Exception {
    // Given
    ExecutorService threads = Executors.newFixedThreadPool(32);
    Callable<String> work = () -> creator.create(ANY, "", "key").token().value();

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
  void refusesAnInvalidKey(String key) {
    assertThat(refused(() -> creator.create(ANY, "", key)))
        .extracting(Problem::status, Problem::field)
        .containsExactly(400, "Idempotency-Key");
  }

  @Test
  void acceptsAKeyOfAtMost255Characters() {
    // When
    Throwable longest = catchThrowable(() -> creator.create(ANY, "", "x".repeat(255)));
    Problem longer = refused(() -> creator.create(ANY, "", "x".repeat(256)));

    // Then
    assertThat(longest).isNull();
    assertThat(longer.status()).isEqualTo(400);
  }

  @Test
  void releasesTheKeyOfARateLimitedRequest() {
    // Given
    TokenCreator bounded = creator(1);
    bounded.create(ANY, "", null);
    for (int i = 0; i <= TokenCreator.MOST_KEYS_OF_A_CALLER; i++) {
      String key = "key-" + i;
      catchThrowable(() -> bounded.create(ANY, "", key));
    }

    // When
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    Throwable later = catchThrowable(() -> bounded.create(ANY, "", "one-more"));

    // Then
    assertThat(later).isNull();
  }

  @Test
  void limitsTheKeysOfACallerAndSetsRetryAfter() {
    // Given
    for (int i = 0; i < TokenCreator.MOST_KEYS_OF_A_CALLER; i++) {
      creator.create(ANY, "alice", "key-" + i);
    }
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());

    // When
    TooManyTokensException refusal = tooMany(() -> creator.create(ANY, "alice", "one-more"));
    Throwable other = catchThrowable(() -> creator.create(ANY, "bob", "one-more"));
    nanos.addAndGet(refusal.retryAfter().orElseThrow().toNanos());
    Throwable later = catchThrowable(() -> creator.create(ANY, "alice", "one-more"));

    // Then
    assertThat(refusal).hasMessageStartingWith("too many Idempotency-Keys (at most 1000 ");
    assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(9));
    assertThat(other).isNull();
    assertThat(later).isNull();
  }

  @Test
  void limitsTheKeysOfAllCallers() {
    // Given
    TokenCreator bounded = creator(1_000_000, 2);
    bounded.create(ANY, "alice", "key");
    bounded.create(ANY, "bob", "key");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());

    // When
    TooManyTokensException refusal = tooMany(() -> bounded.create(ANY, "carol", "key"));
    boolean replayed = bounded.create(ANY, "alice", "key").replayed();
    nanos.addAndGet(refusal.retryAfter().orElseThrow().toNanos());
    Throwable later = catchThrowable(() -> bounded.create(ANY, "carol", "key"));

    // Then
    assertThat(refusal).hasMessageStartingWith("too many Idempotency-Keys (at most 2 ");
    assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(9));
    assertThat(replayed).isTrue();
    assertThat(later).isNull();
  }

  @Test
  void limitsBurstsAndTheRatePerSecond() {
    // Given
    TokenCreator bounded = creator(2);

    // When
    bounded.create(ANY, "", null);
    bounded.create(ANY, "", "key");
    TooManyTokensException third = tooMany(() -> bounded.create(ANY, "", null));
    boolean replayed = bounded.create(ANY, "", "key").replayed();
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    bounded.create(ANY, "", null);
    TooManyTokensException fifth = tooMany(() -> bounded.create(ANY, "", null));

    // Then
    assertThat(third).hasMessageStartingWith("too many new tokens (at most 2 per second)");
    assertThat(fifth.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(replayed).isTrue();
  }

  private static TooManyTokensException tooMany(ThrowingCallable request) {
    return catchThrowableOfType(TooManyTokensException.class, request);
  }

  private TokenCreator creator(int perSecond) {
    return creator(perSecond, TokenCreator.MOST_KEYS);
  }

  private TokenCreator creator(int perSecond, int mostKeys) {
    return new TokenCreator(
        Observed.of(backend, clock, new SimpleMeterRegistry()),
        perSecond,
        mostKeys,
        clock,
        nanos::get);
  }

  private static TokenRequest request(Optional<String> token, Duration ttl) {
    return new TokenRequest(
        token, ttl, BootstrapToken.DEFAULT_USAGES, BootstrapToken.DEFAULT_GROUPS, "");
  }
}
