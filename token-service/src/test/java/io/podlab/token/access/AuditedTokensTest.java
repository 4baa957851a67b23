package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.bootstrap.TokenExistsException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditedTokensTest {
  private static final BootstrapToken TOKEN =
      new BootstrapToken(
          "abcdef",
          "0123456789abcdef",
          Optional.of(Instant.parse("2026-01-01T02:00:00Z")),
          List.of("authentication"),
          List.of("system:bootstrappers:a", "system:bootstrappers:b"),
          "");

  private final List<String> lines = new ArrayList<>();
  private final Logger logger = Logger.getLogger("io.podlab.token.audit");
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
    logger.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
  }

  /** Ends every create with this; has no token to delete. */
  private record Backend(RuntimeException failure, boolean deletes) implements TokenBackend {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public List<BootstrapToken> list() {
      return List.of();
    }

    @Override
    public Optional<BootstrapToken> find(String id) {
      return Optional.empty();
    }

    @Override
    public void create(BootstrapToken token) {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public boolean delete(BootstrapToken token) {
      return deletes;
    }

    @Override
    public ClusterInfo clusterInfo() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isReady() {
      return true;
    }
  }

  private static AuditedTokens audited(RuntimeException failure, boolean deletes, String user) {
    return new AuditedTokens(new Backend(failure, deletes), () -> user);
  }

  @Test
  void recordWhoMadeWhat() {
    // When
    audited(null, true, "alice").create(TOKEN);

    // Then
    assertThat(lines)
        .containsExactly(
            "create of token abcdef by \"alice\": created; ttl until 2026-01-01T02:00:00Z,"
                + " groups \"system:bootstrappers:a,system:bootstrappers:b\"");
  }

  @Test
  void recordWhatWasNotMade() {
    // When
    Throwable exists =
        catchThrowable(
            () -> audited(new TokenExistsException("abcdef"), true, "alice").create(TOKEN));
    Throwable away =
        catchThrowable(
            () ->
                audited(new BackendUnavailableException("away", null), true, "alice")
                    .create(TOKEN));

    // Then
    assertThat(exists).isInstanceOf(TokenExistsException.class);
    assertThat(away).isInstanceOf(BackendUnavailableException.class);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("create of token abcdef by \"alice\": exists;");
    assertThat(lines.get(1)).startsWith("create of token abcdef by \"alice\": unavailable;");
  }

  @Test
  void recordWhoDeletedWhatAndWhoTriedTo() {
    // When
    audited(null, true, "alice").delete(TOKEN);
    audited(null, false, "bob").delete(TOKEN);

    // Then
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("delete of token abcdef by \"alice\": deleted;");
    assertThat(lines.get(1)).startsWith("delete of token abcdef by \"bob\": not found;");
  }

  @Test
  void areOneLineWhateverTheUserIsCalled() {
    // When
    audited(null, true, "eve\": created\n\u2028\u009bforged" + "x".repeat(1000)).create(TOKEN);

    // Then
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("create of token abcdef by \"eve?: created???forgedxxx")
        .hasSizeLessThan(500);
  }

  @Test
  void neverHoldTheSecretHalf() {
    // When
    audited(null, true, "alice").create(TOKEN);
    audited(null, true, "alice").delete(TOKEN);

    // Then
    assertThat(lines).noneMatch(line -> line.contains("0123456789abcdef"));
  }
}
