package io.podlab.token.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasuredBackendTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock();
  private final Recorded backend = new Recorded();
  private final MeasuredBackend measured = new MeasuredBackend(backend, clock, meters);

  @Test
  void countsActiveAndExpiredTokensOfTheLastList() {
    // Given
    backend.tokens.add(token("aaaaaa", Duration.ofHours(1)));
    backend.tokens.add(token("bbbbbb", Duration.ofHours(2)));
    backend.tokens.add(forever("cccccc"));
    measured.list();

    // When
    clock.advance(Duration.ofHours(1));

    // Then
    assertThat(tokens("active")).isEqualTo(2);
    assertThat(tokens("expired")).isEqualTo(1);
  }

  @Test
  void countsWhatWasMadeAndDeletedSince() {
    // Given
    BootstrapToken token = token("aaaaaa", Duration.ofHours(1));

    // When
    measured.create(token);
    double afterwards = tokens("active");
    measured.delete(token);

    // Then
    assertThat(afterwards).isEqualTo(1);
    assertThat(tokens("active")).isZero();
  }

  @Test
  void doesNotAskTheBackendForAScrape() {
    // Given
    measured.refresh();
    int before = backend.calls;

    // When
    meters.getMeters().forEach(meter -> meter.measure().forEach(value -> value.getValue()));

    // Then
    assertThat(backend.calls).isEqualTo(before).isEqualTo(2);
  }

  @Test
  void tellsWhenTheNextActiveTokenExpires() {
    // Given
    backend.tokens.add(token("aaaaaa", Duration.ofHours(1)));
    backend.tokens.add(token("bbbbbb", Duration.ofHours(2)));
    measured.refresh();

    // When
    clock.advance(Duration.ofHours(1));

    // Then
    assertThat(nearest()).isEqualTo(backend.tokens.get(1).expires().orElseThrow().getEpochSecond());
  }

  @Test
  void knowsNoExpiryWhereNothingExpires() {
    // Given
    backend.tokens.add(forever("cccccc"));

    // When
    measured.refresh();

    // Then
    assertThat(nearest()).isNaN();
  }

  @Test
  void keepsItsNumbersWhileTheBackendIsAway() {
    // Given
    backend.tokens.add(forever("cccccc"));
    measured.refresh();

    // When
    backend.away = true;
    measured.refresh();

    // Then
    assertThat(tokens("active")).isEqualTo(1);
    assertThat(measured.lastClusterInfo()).isPresent();
  }

  @Test
  void timesWhatWentWellAndWhatDidNot() {
    // Given
    measured.list();
    backend.away = true;

    // When
    catchThrowable(measured::list);

    // Then
    assertThat(timer("ok")).isEqualTo(1);
    assertThat(timer("failed")).isEqualTo(1);
  }

  private double tokens(String status) {
    return meters.get("lab.tokens").tag("status", status).gauge().value();
  }

  private double nearest() {
    return meters.get("lab.token.expiry.timestamp").gauge().value();
  }

  private long timer(String result) {
    return meters
        .get("lab.token.backend")
        .tag("operation", "list")
        .tag("result", result)
        .timer()
        .count();
  }

  private BootstrapToken token(String id, Duration ttl) {
    return token(id, Optional.of(clock.instant().plus(ttl)));
  }

  private static BootstrapToken forever(String id) {
    return token(id, Optional.empty());
  }

  private static BootstrapToken token(String id, Optional<Instant> expires) {
    return new BootstrapToken(id, "0123456789abcdef", expires, List.of(), List.of(), "");
  }

  private static final class Recorded implements TokenBackend {
    private final List<BootstrapToken> tokens = new ArrayList<>();
    private boolean away;
    private int calls;

    private void called() {
      calls++;
      if (away) {
        throw new BackendUnavailableException("away", null);
      }
    }

    @Override
    public String name() {
      return "recorded";
    }

    @Override
    public List<BootstrapToken> list() {
      called();
      return List.copyOf(tokens);
    }

    @Override
    public Optional<BootstrapToken> find(String id) {
      called();
      return tokens.stream().filter(token -> token.id().equals(id)).findFirst();
    }

    @Override
    public void create(BootstrapToken token) {
      called();
      tokens.add(token);
    }

    @Override
    public boolean delete(BootstrapToken token) {
      called();
      return tokens.remove(token);
    }

    @Override
    public ClusterInfo clusterInfo() {
      called();
      return new ClusterInfo(Optional.empty(), "", Set.of());
    }

    @Override
    public boolean isReady() {
      return !away;
    }
  }
}
