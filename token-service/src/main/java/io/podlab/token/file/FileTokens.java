package io.podlab.token.file;

import io.podlab.kit.state.DurableFile;
import io.podlab.kit.state.DurableFile.NotDurableException;
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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
 * Tokens in a file that one process at a time owns. Every change replaces the file as a whole, so
 * that a reader, or the next start, sees one state or the next and no half of either; and changes
 * that wait for the disk at the same time go into it together, so that their callers share the two
 * fsyncs. Memory is what the file holds, and all that is read comes from there.
 *
 * <p>What has expired is never shown and soon removed, as the controller manager's tokencleaner
 * does it on a cluster; but not right after the clock has jumped, or after a start with tokens that
 * it may have jumped past ({@link ClockJumps}).
 */
@Singleton
@Typed(FileTokens.class) // which backend is the TokenBackend, is chosen elsewhere
public final class FileTokens implements TokenBackend {
  /** A bound on memory and on the file; a lab makes a handful. */
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
    // Not before the directory is this process's own: the first start makes a CA there.
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
            "another process keeps its tokens in %s; stop it, or set LAB_TOKEN_DIR to another"
                    .formatted(directory)
                + " directory");
      }
      this.tokens = file.read();
      this.jumps = new ClockJumps(clock.instant(), nanoTime.getAsLong(), !tokens.isEmpty());
      // Removes what a crash left of the next file, and tells now whether that can be written.
      file.write(tokens.values());
      this.writable = true;
    } catch (IOException e) {
      throw new ConfigurationException(
          "tokens cannot be kept in %s (%s); LAB_TOKEN_DIR names another directory"
              .formatted(directory, e));
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

  /** Those that have not expired. */
  @Override
  public List<BootstrapToken> list() {
    Instant now = clock.instant();
    return tokens.values().stream()
        .map(Entry::token)
        .filter(token -> !token.hasExpired(now))
        .toList();
  }

  /** Unless it has expired. */
  @Override
  public Optional<BootstrapToken> find(String id) {
    Instant now = clock.instant();
    return Optional.ofNullable(tokens.get(id))
        .map(Entry::token)
        .filter(token -> !token.hasExpired(now));
  }

  /**
   * @throws TooManyTokensException if there are {@value #MOST_TOKENS} already
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
                "there are %d tokens already; wait for some to expire".formatted(MOST_TOKENS),
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
    return change(
        next -> {
          Entry there = next.get(token.id());
          if (there == null || !there.token().secret().equals(token.secret())) {
            return false;
          }
          next.remove(token.id());
          return true;
        });
  }

  @Override
  public ClusterInfo clusterInfo() {
    return clusterInfo.get();
  }

  /** After a write that failed, whether another succeeds. */
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
          "tokens cannot be written to %s: %s".formatted(directory, why(stillNot.getCause())));
    }
  }

  private String why(Throwable failure) {
    if (!Files.isDirectory(directory)) {
      return "the directory does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "the service has no permission to write there";
    }
    if (failure instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return failure.getMessage();
  }

  @Override
  public void onExpiry(Consumer<BootstrapToken> listener) {
    expiryListener = listener;
  }

  /** Against a script that runs wild; a laptop makes a few hundred. */
  @Override
  public int createsPerSecond() {
    return 1_000;
  }

  /** Removes what has expired. */
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
      // They may be gone all the same. Those that are not are removed the next time.
    }
    Set<BootstrapToken> kept =
        tokens.values().stream().map(Entry::token).collect(Collectors.toSet());
    for (BootstrapToken token : expired) {
      if (!kept.contains(token)) {
        expiryListener.accept(token);
        LOG.infof(
            "removed token %s, which expired at %s", token.id(), token.expires().orElseThrow());
      }
    }
  }

  private boolean isTrusted(Instant now) {
    Duration jump = jumps.observe(now, nanoTime.getAsLong());
    if (!jump.isZero()) {
      LOG.warnf(
          "the clock jumped by %s: what has expired by it is hidden now, and removed in %s if it"
              + " stays so",
          jump, ClockJumps.CAUTION);
    }
    return jumps.isClockTrusted();
  }

  /**
   * Returns when the change is on disk. The first caller writes the changes of all that wait.
   *
   * @param effect makes the change, and tells whether there is one; it may refuse by an exception
   */
  private boolean change(Predicate<SortedMap<String, Entry>> effect) {
    Change change = new Change(effect);
    waiting.add(change);
    disk.lock();
    try {
      if (!change.done) {
        writeAllThatWaits();
      }
    } finally {
      disk.unlock();
    }
    if (change.refusal != null) {
      throw change.refusal;
    }
    return change.effective;
  }

  private void writeAllThatWaits() {
    List<Change> batch = new ArrayList<>();
    for (Change next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
    }
    Exception failure = null;
    try {
      lockAgain();
      SortedMap<String, Entry> next = new TreeMap<>(tokens);
      batch.forEach(change -> change.attempt(next));
      // After a failure what the file holds may not be durable: even an answer that changes nothing
      // relies on it.
      if (!writable || batch.stream().anyMatch(change -> change.effective)) {
        write(next);
        if (!writable) {
          LOG.infof("tokens are kept in %s again", directory);
        }
        writable = true;
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
      if (writable) {
        LOG.errorf("tokens cannot be kept in %s: %s", directory, e);
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
   * If the directory went and came back. What is there then is what counts: another process may
   * have been at work. A new one that is empty gets what memory holds.
   */
  private void lockAgain() throws IOException {
    if (lock.isHeld()) {
      return;
    }
    if (!lock.take()) {
      throw new IOException("another process keeps its tokens there");
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

  /** What one caller waits for; guarded by the disk's lock. */
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

    /** What was refused because of another change of the batch may be true no more either. */
    void end(Exception failure) {
      if (failure != null) {
        refusal = new BackendUnavailableException("tokens cannot be kept on disk now", failure);
      }
      done = true;
    }
  }
}
