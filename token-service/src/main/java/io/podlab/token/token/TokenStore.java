package io.podlab.token.token;

import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.http.Problem;
import io.podlab.token.http.ProblemException;
import io.podlab.token.state.StateConfig;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tokens of this service, in a file that one process at a time owns. Those that have expired
 * are gone, as the controller manager's tokencleaner removes them on a cluster.
 */
@Startup
@Singleton
class TokenStore {
  /** A bound on memory and on the file; a lab makes a handful. */
  static final int MOST_TOKENS = 10_000;

  private final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final Clock clock;
  private final FileChannel lock;
  private final TokenFile file;
  private SortedMap<String, BootstrapToken> tokens;

  @Inject
  TokenStore(StateConfig state, Clock clock) {
    this(state.directory(), clock);
  }

  TokenStore(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
    this.file = new TokenFile(directory.resolve("tokens.jsonl"));
    try {
      Files.createDirectories(directory);
      this.lock = lock(directory.resolve("lock"));
      this.tokens = file.read();
    } catch (IOException e) {
      throw new ConfigurationException(
          "tokens cannot be kept in %s (%s); LAB_TOKEN_DIR names another directory"
              .formatted(directory, e));
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Answered as if another process held it.
    }
    channel.close();
    throw new ConfigurationException(
        "another process keeps its tokens in %s; stop it, or set LAB_TOKEN_DIR to another directory"
            .formatted(path.getParent()));
  }

  /** When this returns, the token is on disk. */
  synchronized BootstrapToken create(TokenRequest request) {
    SortedMap<String, BootstrapToken> changed = new TreeMap<>(alive());
    if (changed.size() >= MOST_TOKENS) {
      throw new ProblemException(
          Problem.of(
              429, "there are %d tokens already; wait for some to expire".formatted(MOST_TOKENS)));
    }
    String value = request.token().orElseGet(() -> unused(changed));
    String[] halves = value.split("\\.");
    if (changed.containsKey(halves[0])) {
      throw new ProblemException(
          Problem.of(409, "a token with id \"" + halves[0] + "\" already exists"));
    }
    Optional<Instant> expires =
        request.ttl().isZero()
            ? Optional.empty()
            : Optional.of(clock.instant().plus(request.ttl()).truncatedTo(ChronoUnit.SECONDS));
    BootstrapToken token =
        new BootstrapToken(
            halves[0],
            halves[1],
            expires,
            BootstrapToken.DEFAULT_USAGES,
            BootstrapToken.DEFAULT_GROUPS,
            request.description());
    changed.put(token.id(), token);
    try {
      file.write(changed.values());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tokens = changed;
    return token;
  }

  private String unused(SortedMap<String, BootstrapToken> taken) {
    String value = BootstrapToken.randomValue(random);
    while (taken.containsKey(value.substring(0, 6))) {
      value = BootstrapToken.randomValue(random);
    }
    return value;
  }

  /** Those that have not expired, by id. */
  synchronized List<BootstrapToken> list() {
    return List.copyOf(alive().values());
  }

  boolean isWritable() {
    return Files.isWritable(directory);
  }

  private SortedMap<String, BootstrapToken> alive() {
    Instant now = clock.instant();
    SortedMap<String, BootstrapToken> alive = new TreeMap<>(tokens);
    alive.values().removeIf(token -> token.hasExpired(now));
    return alive;
  }

  @PreDestroy
  void close() throws IOException {
    lock.close();
  }
}
