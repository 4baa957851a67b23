package io.podlab.token.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.kit.testing.SettableClock;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.MemoryTokens;
import io.podlab.token.bootstrap.TokenExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservedTokensTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock();
  private final MemoryTokens backend = new MemoryTokens();
  private final ObservedTokens tokens = new ObservedTokens(backend, clock, meters);

  private final BootstrapToken hour = token("aaaaaa", HOUR);
  private final BootstrapToken twoHours = token("bbbbbb", Duration.ofHours(2));
  private final BootstrapToken forever = token("cccccc", Optional.empty());

  private final List<String> lines = new ArrayList<>();
  private final Logger audit = Logger.getLogger("io.podlab.token.audit");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(String.format(entry.getMessage(), entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    audit.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    audit.removeHandler(handler);
  }

  private void has(BootstrapToken... all) {
    for (BootstrapToken token : all) {
      backend.tokens.put(token.id(), token);
    }
  }

  @Test
  void countActiveAndExpiredTokensOfTheLastList() {
    // Given
    has(hour, twoHours, forever);
    tokens.list();

    // When
    clock.advance(Duration.ofHours(1));

    // Then
    assertThat(count("active")).isEqualTo(2);
    assertThat(count("expired")).isEqualTo(1);
  }

  @Test
  void countCreatesAndDeletesSinceTheLastList() {
    // When
    tokens.create(hour, HOUR, "alice");
    double afterwards = count("active");
    tokens.delete(hour, "alice");

    // Then
    assertThat(afterwards).isEqualTo(1);
    assertThat(count("active")).isZero();
  }

  @Test
  void countATokenThatWasNotDeleted() {
    // Given
    tokens.create(hour, HOUR, "alice");

    // When
    boolean deletedAnother = tokens.delete(twoHours, "alice");
    backend.unavailable = true;
    catchThrowable(() -> tokens.delete(hour, "alice"));

    // Then
    assertThat(deletedAnother).isFalse();
    assertThat(count("active")).isEqualTo(1);
  }

  @Test
  void countATokenThatWasCreatedDuringAList() {
    // Given
    backend.afterList = () -> tokens.create(hour, HOUR, "alice");

    // When
    tokens.list();

    // Then
    assertThat(count("active")).isEqualTo(1);
  }

  @Test
  void doNotCountATokenThatWasDeletedDuringAList() {
    // Given
    tokens.create(hour, HOUR, "alice");
    backend.afterList = () -> tokens.delete(hour, "alice");

    // When
    tokens.list();

    // Then
    assertThat(count("active")).isZero();
  }

  @Test
  void doNotCallTheBackendForAScrape() {
    // Given
    tokens.refresh();
    int before = backend.calls;

    // When
    meters.getMeters().forEach(meter -> meter.measure().forEach(value -> value.getValue()));

    // Then
    assertThat(backend.calls).isEqualTo(before).isEqualTo(2);
  }

  @Test
  void exportTheNextExpiry() {
    // Given
    has(hour, twoHours);
    tokens.refresh();

    // When
    clock.advance(Duration.ofHours(1));

    // Then
    assertThat(nearest()).isEqualTo(twoHours.expires().orElseThrow().getEpochSecond());
  }

  @Test
  void exportNoExpiryIfNoTokenExpires() {
    // Given
    has(forever);

    // When
    tokens.refresh();

    // Then
    assertThat(nearest()).isNaN();
  }

  @Test
  void keepTheirNumbersWhileTheBackendIsUnavailable() {
    // Given
    has(forever);
    tokens.refresh();

    // When
    backend.unavailable = true;
    tokens.refresh();

    // Then
    assertThat(count("active")).isEqualTo(1);
    AtomicReference<ClusterInfo> known = new AtomicReference<>();
    tokens.onClusterInfo(known::set);
    assertThat(known.get()).isNotNull();
  }

  @Test
  void warnOncePerReasonForMissingJoinCommands() {
    // Given
    Logger log = Logger.getLogger(ObservedTokens.class.getName());
    log.addHandler(handler);

    // When
    try {
      tokens.refresh();
      backend.clusterInfoRefusal = "it is not PEM";
      tokens.refresh();
      tokens.refresh();
      backend.clusterInfoRefusal = "it is empty";
      tokens.refresh();
      backend.clusterInfoRefusal = "";
      tokens.refresh();
      backend.endpointProblem = "it is empty";
      tokens.refresh();
      tokens.refresh();
    } finally {
      log.removeHandler(handler);
    }

    // Then
    assertThat(lines)
        .containsExactly(
            "join commands are not possible: it is not PEM",
            "join commands are not possible: it is empty",
            "join commands are not possible: it is empty");
  }

  @Test
  void timeSuccessesAndFailures() {
    // Given
    tokens.list();
    backend.unavailable = true;

    // When
    catchThrowable(tokens::list);

    // Then
    assertThat(timer("ok")).isEqualTo(1);
    assertThat(timer("failed")).isEqualTo(1);
  }

  @Test
  void logTheCallerOfACreate() {
    // Given
    BootstrapToken token =
        new BootstrapToken(
            "abcdef",
            "0123456789abcdef",
            Optional.of(Instant.parse("2026-01-01T02:00:00Z")),
            List.of("authentication"),
            List.of("system:bootstrappers:a", "system:bootstrappers:b"),
            "");

    // When
    tokens.create(token, Duration.ofHours(24), "alice");

    // Then
    assertThat(lines)
        .containsExactly(
            "create of token abcdef by \"alice\": created; ttl 24h0m0s,"
                + " until 2026-01-01T02:00:00Z,"
                + " groups \"system:bootstrappers:a,system:bootstrappers:b\"");
  }

  @Test
  void logATokenThatNeverExpires() {
    // When
    tokens.create(forever, Duration.ZERO, "alice");

    // Then
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("created; ttl 0s, never expires, groups ");
  }

  @Test
  void logAndCountAnUpdate() {
    // Given
    has(hour);
    tokens.list();
    Instant later = clock.instant().plus(Duration.ofHours(3));

    // When
    tokens.setExpiry(hour, Optional.of(later), Duration.ofHours(3), "alice");

    // Then
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith(
            "update of token aaaaaa by \"alice\": updated; ttl 3h0m0s, until %s, groups "
                .formatted(later))
        .doesNotContain(hour.secret());
    assertThat(meters.get("lab.token.expiry.timestamp").gauge().value())
        .isEqualTo(later.getEpochSecond());
  }

  @Test
  void doNotCountATokenThatWasDeletedDuringAnUpdate() {
    // Given
    has(hour);
    tokens.list();
    backend.afterUpdate = token -> tokens.delete(token, "bob");

    // When
    tokens.setExpiry(hour, Optional.empty(), Duration.ZERO, "alice");

    // Then
    assertThat(count("active")).isZero();
  }

  @Test
  void logAndCountADeleteOfAnUnchangedToken() {
    // Given
    has(hour, twoHours);
    tokens.list();

    // When
    boolean deleted = tokens.deleteUnchanged(hour, "alice");
    boolean extended =
        tokens.deleteUnchanged(twoHours.withExpiry(Optional.of(clock.instant())), "alice");

    // Then
    assertThat(List.of(deleted, extended)).containsExactly(true, false);
    assertThat(count("active")).isEqualTo(1);
    assertThat(lines)
        .extracting(line -> line.substring(0, line.indexOf(';')))
        .containsExactly(
            "delete of token aaaaaa by \"alice\": deleted",
            "delete of token bbbbbb by \"alice\": not found or changed");
  }

  @Test
  void logAnUpdateOfATokenThatIsGone() {
    // When
    boolean updated = tokens.setExpiry(hour, Optional.empty(), Duration.ZERO, "alice");

    // Then
    assertThat(updated).isFalse();
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("update of token aaaaaa by \"alice\": not found; ttl 0s, never expires, ");
  }

  @Test
  void logTheExpiryOfADeletedToken() {
    // Given
    has(hour);

    // When
    tokens.delete(hour, "alice");

    // Then
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("deleted; until " + hour.expires().orElseThrow() + ", groups ");
  }

  @Test
  void logTheResultOfEachChangeWithoutTheSecret() {
    // When
    tokens.create(hour, HOUR, "alice");
    Throwable exists = catchThrowable(() -> tokens.create(hour, HOUR, "alice"));
    tokens.delete(hour, "alice");
    tokens.delete(hour, "bob");
    backend.unavailable = true;
    Throwable away = catchThrowable(() -> tokens.create(hour, HOUR, "alice"));
    catchThrowable(() -> tokens.delete(hour, "bob"));

    // Then
    assertThat(exists).isInstanceOf(TokenExistsException.class);
    assertThat(away).isInstanceOf(BackendUnavailableException.class);
    assertThat(lines)
        .extracting(line -> line.substring(0, line.indexOf(';')))
        .containsExactly(
            "create of token aaaaaa by \"alice\": created",
            "create of token aaaaaa by \"alice\": exists",
            "delete of token aaaaaa by \"alice\": deleted",
            "delete of token aaaaaa by \"bob\": not found",
            "create of token aaaaaa by \"alice\": unavailable",
            "delete of token aaaaaa by \"bob\": unavailable");
    assertThat(lines).noneMatch(line -> line.contains("0123456789abcdef"));
  }

  @Test
  void logOneLineForAnyUserName() {
    // When
    tokens.create(hour, HOUR, "eve\": created\n\u2028\u009bforged" + "x".repeat(1000));

    // Then
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("create of token aaaaaa by \"eve?: created")
        .hasSizeLessThan(500)
        .doesNotContain("\n", "\u2028", "\u009b");
  }

  private double count(String status) {
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

  private static BootstrapToken token(String id, Optional<Instant> expires) {
    return new BootstrapToken(id, "0123456789abcdef", expires, List.of(), List.of(), "");
  }
}
