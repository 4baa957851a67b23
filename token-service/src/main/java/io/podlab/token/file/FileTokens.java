package io.podlab.token.file;

import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.state.DurableFile;
import io.podlab.kit.state.DurableFile.NotDurableException;
import io.podlab.kit.state.FileFailure;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.bootstrap.TokenExistsException;
import io.podlab.token.bootstrap.TooManyTokensException;
import io.podlab.token.ca.CaStore;
import io.podlab.token.file.TokenFile.Entry;
import io.podlab.token.state.StateConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Stores tokens in a file that only one process uses at a time. Every change replaces the whole
 * file, so a reader or the next start never sees a partial state. Changes that wait for the disk at
 * the same time are written together, so their callers share the two fsyncs. Reads come from
 * memory, which has the same content as the file.
 *
 * <p>Expired tokens are hidden immediately and removed soon after, as the controller manager's
 * tokencleaner does on a cluster. After a jump of the clock, and after a start with existing
 * tokens, the removal is delayed ({@link ClockJumps}).
 */
@Singleton
@Typed(FileTokens.class) // package backend selects the TokenBackend
public final class FileTokens implements TokenBackend {
  /** Limits memory and the size of the file; a lab creates a handful. */
  static final int MOST_TOKENS = 10_000;

  private static final Logger LOG = Logger.getLogger(FileTokens.class);
  private static final Duration CLEANING = Duration.ofSeconds(1);

  private final Path directory;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Supplier<ClusterInfo> clusterInfo;
  private final DirectoryLock lock;
  private final TokenFile file;
  private final ClockJumps jumps;
  private final ReentrantLock disk = new ReentrantLock();
  private final Queue<Change> waiting = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "token-cleaner");
            thread.setDaemon(true);
            return thread;
          });

  private volatile SortedMap<String, Entry> tokens;
  private volatile boolean writable;
  private volatile Consumer<BootstrapToken> expiryListener = token -> {};

  @Inject
  FileTokens(StateConfig state, FileConfig config, Instance<CaStore> ca, Clock clock) {
    this(state.directory(), clock, System::nanoTime, DurableFile::write, clusterInfo(config, ca));
    // After the directory is locked: the first start creates a CA there.
    clusterInfo();
  }

  FileTokens(
      Path directory,
      Clock clock,
      LongSupplier nanoTime,
      TokenFile.Writer writer,
      Supplier<ClusterInfo> clusterInfo) {
    this.directory = directory;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.clusterInfo = clusterInfo;
    this.lock = new DirectoryLock(directory);
    this.file = new TokenFile(directory.resolve("tokens.jsonl"), writer);
    try {
      DurableFile.createDirectory(directory);
      if (!lock.take()) {
        throw new ConfigurationException(
            "another process uses %s; stop it, or set LAB_TOKEN_DIR to another directory"
                .formatted(directory));
      }
      this.tokens = file.read();
      this.jumps = new ClockJumps(clock.instant(), nanoTime.getAsLong(), !tokens.isEmpty());
      // Removes a partial file that a crash left behind, and fails now if the disk is not writable.
      file.write(tokens.values());
      this.writable = true;
    } catch (IOException e) {
      throw new ConfigurationException(
          "cannot store tokens in %s: %s; set LAB_TOKEN_DIR to a writable directory"
              .formatted(directory, FileFailure.reason(directory, e)));
    }
  }

  private static Supplier<ClusterInfo> clusterInfo(FileConfig config, Instance<CaStore> ca) {
    Optional<Endpoint> given = config.endpoint().map(OwnEndpoint::configured);
    return () -> {
      Optional<Endpoint> endpoint = given.or(OwnEndpoint::ofThisMachine);
      String problem = endpoint.isPresent() ? "" : OwnEndpoint.UNKNOWN;
      return new ClusterInfo(endpoint, problem, ca.get().pem(), Set.of());
    };
  }

  @PostConstruct
  void startCleaning() {
    timer.scheduleWithFixedDelay(
        this::clean, CLEANING.toMillis(), CLEANING.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public String name() {
    return "file";
  }

  /** Without expired tokens. */
  @Override
  public List<BootstrapToken> list() {
    Instant now = clock.instant();
    return tokens.values().stream()
        .map(Entry::token)
        .filter(token -> !token.hasExpired(now))
        .toList();
  }

  /** Empty for an expired token. */
  @Override
  public Optional<BootstrapToken> find(String id) {
    Instant now = clock.instant();
    return Optional.ofNullable(tokens.get(id))
        .map(Entry::token)
        .filter(token -> !token.hasExpired(now));
  }

  /**
   * @throws TooManyTokensException if {@value #MOST_TOKENS} tokens exist
   */
  @Override
  public void create(BootstrapToken token) {
    Instant now = clock.instant();
    boolean trusted = isTrusted(now);
    Entry entry = Entry.of(token);
    change(
        next -> {
          Entry there = next.get(token.id());
          if (there != null && !(there.hasExpired(now) && trusted)) {
            throw new TokenExistsException(token.id());
          }
          if (there == null && next.size() >= MOST_TOKENS) {
            throw new TooManyTokensException(
                "too many tokens (at most %d); delete some, or try again later"
                    .formatted(MOST_TOKENS),
                untilTheNextExpires(next.values(), now));
          }
          next.put(token.id(), entry);
          return true;
        });
  }

  private static Optional<Duration> untilTheNextExpires(Collection<Entry> tokens, Instant now) {
    return tokens.stream()
        .flatMap(entry -> entry.token().expires().stream())
        .min(Comparator.naturalOrder())
        .map(expires -> Duration.between(now, expires).plus(CLEANING))
        .map(wait -> wait.compareTo(CLEANING) < 0 ? CLEANING : wait);
  }

  @Override
  public boolean delete(BootstrapToken token) {
    return deleteIf(there -> there.secret().equals(token.secret()), token);
  }

  @Override
  public boolean deleteUnchanged(BootstrapToken token) {
    return deleteIf(
        there -> there.secret().equals(token.secret()) && there.expires().equals(token.expires()),
        token);
  }

  private boolean deleteIf(Predicate<BootstrapToken> same, BootstrapToken token) {
    return change(
        next -> {
          Entry there = next.get(token.id());
          if (there == null || !same.test(there.token())) {
            return false;
          }
          next.remove(token.id());
          return true;
        });
  }

  /** Does not find an expired token, which is hidden. */
  @Override
  public boolean setExpiry(BootstrapToken token, Optional<Instant> expires) {
    Instant now = clock.instant();
    return change(
        next -> {
          Entry there = next.get(token.id());
          if (there == null
              || there.hasExpired(now)
              || !there.token().secret().equals(token.secret())) {
            return false;
          }
          next.put(token.id(), Entry.of(there.token().withExpiry(expires)));
          return true;
        });
  }

  @Override
  public ClusterInfo clusterInfo() {
    return clusterInfo.get();
  }

  /** After a failed write, tries another one. */
  @Override
  public Optional<String> problem() {
    if (writable && lock.isHeld() && Files.isWritable(directory)) {
      return Optional.empty();
    }
    try {
      change(next -> true);
      return Optional.empty();
    } catch (BackendUnavailableException stillNot) {
      return Optional.of(
          "cannot write tokens to %s: %s"
              .formatted(directory, FileFailure.reason(directory, stillNot.getCause())));
    }
  }

  @Override
  public void onExpiry(Consumer<BootstrapToken> listener) {
    expiryListener = listener;
  }

  /** Stops a runaway script; a laptop reaches a few hundred per second. */
  @Override
  public int createsPerSecond() {
    return 1_000;
  }

  /** Removes expired tokens. */
  void clean() {
    Instant now = clock.instant();
    if (!isTrusted(now) || tokens.values().stream().noneMatch(token -> token.hasExpired(now))) {
      return;
    }
    List<BootstrapToken> expired = new ArrayList<>();
    try {
      change(
          next -> {
            next.values().stream()
                .map(Entry::token)
                .filter(token -> token.hasExpired(now))
                .forEach(expired::add);
            expired.forEach(token -> next.remove(token.id()));
            return !expired.isEmpty();
          });
    } catch (BackendUnavailableException notConfirmed) {
      // The tokens may be removed anyway. The next run retries the rest.
    }
    Set<BootstrapToken> kept =
        tokens.values().stream().map(Entry::token).collect(Collectors.toSet());
    for (BootstrapToken token : expired) {
      if (!kept.contains(token)) {
        expiryListener.accept(token);
        LOG.infof(
            "removed expired token %s (expired at %s)", token.id(), token.expires().orElseThrow());
      }
    }
  }

  private boolean isTrusted(Instant now) {
    Duration jump = jumps.observe(now, nanoTime.getAsLong());
    if (!jump.isZero()) {
      LOG.warnf(
          "the clock jumped by %s; expired tokens are hidden now and removed in %s",
          GoDuration.format(jump), GoDuration.format(ClockJumps.CAUTION));
    }
    return jumps.isClockTrusted();
  }

  /**
   * Returns after the change is on disk. The first caller writes the changes of all waiting
   * callers.
   *
   * @param effect applies the change and returns whether it changed anything; may throw to refuse
   *     it
   */
  private boolean change(Predicate<SortedMap<String, Entry>> effect) {
    Change change = new Change(effect);
    waiting.add(change);
    disk.lock();
    try {
      if (!change.done) {
        writeAllWaiting();
      }
    } finally {
      disk.unlock();
    }
    if (change.refusal != null) {
      throw change.refusal;
    }
    return change.effective;
  }

  private void writeAllWaiting() {
    List<Change> batch = new ArrayList<>();
    for (Change next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
    }
    Exception failure = null;
    try {
      lockAgain();
      SortedMap<String, Entry> next = new TreeMap<>(tokens);
      batch.forEach(change -> change.attempt(next));
      // After a failure, the file may not be durable. Even a change without effect returns a result
      // that depends on the file, so write it again.
      if (!writable || batch.stream().anyMatch(change -> change.effective)) {
        write(next);
        if (!writable) {
          LOG.infof("storing tokens in %s works again", directory);
        }
        writable = true;
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
      if (writable) {
        LOG.errorf("cannot store tokens in %s: %s", directory, FileFailure.reason(directory, e));
      }
      writable = false;
    } finally {
      for (Change change : batch) {
        change.end(failure);
      }
    }
  }

  private void write(SortedMap<String, Entry> next) throws IOException {
    try {
      file.write(next.values());
    } catch (NotDurableException e) {
      tokens = next;
      throw e;
    }
    tokens = next;
  }

  /**
   * Locks the directory again after it was removed and restored. Tokens in the restored directory
   * win over memory, because another process may have changed them. An empty directory gets the
   * tokens in memory.
   */
  private void lockAgain() throws IOException {
    if (lock.isHeld()) {
      return;
    }
    if (!lock.take()) {
      throw new IOException("another process uses the directory");
    }
    if (Files.exists(file.path())) {
      try {
        tokens = file.read();
      } catch (ConfigurationException damaged) {
        lock.close();
        throw new IOException(damaged.getMessage());
      }
    }
  }

  @PreDestroy
  void close() throws IOException {
    timer.shutdownNow();
    lock.close();
  }

  /** The change of one caller; guarded by {@link #disk}. */
  private static final class Change {
    private final Predicate<SortedMap<String, Entry>> effect;
    private boolean done;
    private boolean effective;
    private RuntimeException refusal;

    Change(Predicate<SortedMap<String, Entry>> effect) {
      this.effect = effect;
    }

    void attempt(SortedMap<String, Entry> next) {
      try {
        effective = effect.test(next);
      } catch (RuntimeException refused) {
        refusal = refused;
      }
    }

    /** A failed write also replaces a refusal, which may depend on another change of the batch. */
    void end(Exception failure) {
      if (failure != null) {
        refusal =
            new BackendUnavailableException(
                "cannot store tokens on disk now; try again later", failure);
      }
      done = true;
    }
  }
}
