package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.MemoryTokens;
import io.podlab.token.observability.Observed;
import io.podlab.token.observability.ObservedTokens;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Expired tokens exist on a cluster until the controller manager removes them. */
class ExpiredTokensTest {
  private static final TokenConfig DEFAULTS =
      new TokenConfig() {
        @Override
        public Optional<String> maxTtl() {
          return Optional.empty();
        }

        @Override
        public Optional<String> allowForever() {
          return Optional.empty();
        }

        @Override
        public OptionalInt maxCreates() {
          return OptionalInt.empty();
        }
      };

  private final SettableClock clock = new SettableClock();
  private final MemoryTokens backend = new MemoryTokens();
  private final ObservedTokens tokens = Observed.of(backend, clock, new SimpleMeterRegistry());
  private final TokenResource resource =
      new TokenResource(tokens, new TokenCreator(tokens, DEFAULTS, clock), DEFAULTS, clock);

  private void has(String id, Duration ttl) {
    Instant expires = TtlLimits.expiry(ttl, clock.instant()).orElseThrow();
    backend.tokens.put(
        id,
        new BootstrapToken(
            id,
            "0123456789abcdef",
            Optional.of(expires),
            BootstrapToken.DEFAULT_USAGES,
            BootstrapToken.DEFAULT_GROUPS,
            ""));
  }

  /** An implementation with one method; null for the others. */
  private static <T> T stub(Class<T> type, String method, Object result) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> called.getName().equals(method) ? result : null));
  }

  private static UriInfo query() {
    return stub(UriInfo.class, "getQueryParameters", new MultivaluedHashMap<String, String>());
  }

  private static SecurityContext alice() {
    Principal alice = () -> "alice";
    return stub(SecurityContext.class, "getUserPrincipal", alice);
  }

  @Test
  void haveNoJoinCommand() {
    // Given
    has("abcdef", Duration.ofHours(-1));

    // When, Then
    assertThat(refused(() -> resource.joinCommand("abcdef", null, null, null, null, query())))
        .extracting("status", "detail")
        .containsExactly(
            409,
            "the token with ID \"abcdef\" has expired; create a new one, or extend it with PATCH"
                + " /tokens/abcdef");
  }

  @Test
  void haveNoDiscoveryFile() {
    // Given
    has("abcdef", Duration.ofHours(-1));

    // When, Then
    assertThat(refused(() -> resource.discoveryFile("abcdef", query())).status()).isEqualTo(409);
  }

  @Test
  void canBeExtended() {
    // Given
    has("abcdef", Duration.ofHours(-1));

    // When
    TokenDetails extended =
        resource.update(
            "abcdef", MediaType.APPLICATION_FORM_URLENCODED_TYPE, alice(), query(), "ttl=2h");

    // Then
    assertThat(extended.status()).isEqualTo("active");
    assertThat(backend.tokens.get("abcdef").expires())
        .isEqualTo(TtlLimits.expiry(Duration.ofHours(2), clock.instant()));
  }

  private DeletedTokens deleteExpired() {
    return resource.deleteByStatus("expired", alice(), query());
  }

  @Test
  void areDeletedTogether() {
    // Given
    has("aaaaaa", Duration.ofHours(-1));
    has("bbbbbb", Duration.ofHours(1));
    has("cccccc", Duration.ofHours(-2));

    // When
    DeletedTokens deleted = deleteExpired();

    // Then
    assertThat(deleted.deleted()).containsExactly("aaaaaa", "cccccc");
    assertThat(deleted.plainText())
        .isEqualTo("bootstrap token \"aaaaaa\" deleted\nbootstrap token \"cccccc\" deleted\n");
    assertThat(backend.tokens).containsOnlyKeys("bbbbbb");
  }

  @Test
  void areNotAnErrorIfAnotherClientDeletesThemMeanwhile() {
    // Given
    has("aaaaaa", Duration.ofHours(-1));
    has("bbbbbb", Duration.ofHours(-1));
    backend.beforeDelete = token -> backend.tokens.remove("bbbbbb");

    // When, Then
    assertThat(deleteExpired().deleted()).containsExactly("aaaaaa");
  }

  @Test
  void areKeptIfAnotherClientExtendsThemMeanwhile() {
    // Given
    has("aaaaaa", Duration.ofHours(-1));
    has("bbbbbb", Duration.ofHours(-1));
    backend.afterList = () -> has("bbbbbb", Duration.ofHours(1));

    // When, Then
    assertThat(deleteExpired().deleted()).containsExactly("aaaaaa");
    assertThat(backend.tokens).containsOnlyKeys("bbbbbb");
  }

  @Test
  void namesNoneIfTheFirstDeleteFails() {
    // Given
    has("aaaaaa", Duration.ofHours(-1));
    backend.beforeDelete =
        token -> {
          throw new BackendUnavailableException("the API server is away", null);
        };

    // When, Then
    assertThatThrownBy(this::deleteExpired)
        .hasMessage("the API server is away; already deleted: none");
  }

  @Test
  void areNamedIfTheBackendFailsInBetween() {
    // Given
    has("aaaaaa", Duration.ofHours(-1));
    has("bbbbbb", Duration.ofHours(-1));
    has("cccccc", Duration.ofHours(-1));
    backend.beforeDelete =
        token -> {
          if (token.id().equals("cccccc")) {
            throw new BackendUnavailableException("the API server is away", null);
          }
        };

    // When, Then
    assertThatThrownBy(this::deleteExpired)
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("the API server is away; already deleted: aaaaaa, bbbbbb");
    assertThat(backend.tokens).containsOnlyKeys("cccccc");
  }
}
