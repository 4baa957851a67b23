package io.podlab.token.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import io.podlab.token.bootstrap.TokenExistsException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Wraps the backend with an audit log and metrics: each create, update and delete writes a line to
 * the audit log, and each call is timed.
 *
 * <p>A scrape never calls the backend, because on a cluster each scrape would cause a request to
 * the API server. The gauges show the last list plus the changes of this service since. A list
 * every 30 seconds finds the changes of others.
 */
@Singleton
public final class ObservedTokens {
  private static final Logger LOG = Logger.getLogger(ObservedTokens.class);
  private static final Logger AUDIT = Logger.getLogger("io.podlab.token.audit");
  private static final Duration REFRESH = Duration.ofSeconds(30);
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofMillis(2500)
  };

  private final TokenBackend backend;
  private final Clock clock;
  private final MeterRegistry meters;
  private final ScheduledExecutorService refresh =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "token-metrics");
            thread.setDaemon(true);
            return thread;
          });

  /** Expiry times by token ID. */
  private volatile Map<String, Optional<Instant>> known = new ConcurrentHashMap<>();

  /** Number of changes by this service; guarded by this object's monitor. */
  private long changes;

  /** The last logged reason why join commands are impossible; empty if they are possible. */
  private volatile String clusterInfoProblem = "";

  private volatile Optional<ClusterInfo> lastClusterInfo = Optional.empty();
  private volatile Consumer<ClusterInfo> clusterInfoListener = info -> {};

  @Inject
  ObservedTokens(TokenBackend backend, Clock clock, MeterRegistry meters) {
    this.backend = backend;
    backend.onExpiry(token -> change(() -> known.remove(token.id(), token.expires())));
    this.clock = clock;
    this.meters = meters;
    for (String operation : List.of("list", "find", "create", "update", "delete", "cluster_info")) {
      timer(operation, "ok");
      timer(operation, "failed");
    }
    tokens("active", false);
    tokens("expired", true);
    Gauge.builder("lab.token.expiry.timestamp", this, ObservedTokens::nearestExpiry)
        .baseUnit("seconds")
        .description(
            "Unix time in seconds when the next active token expires; NaN if no token expires")
        .register(meters);
  }

  private void tokens(String status, boolean expired) {
    Gauge.builder("lab.tokens", this, self -> self.count(expired))
        .description("Number of tokens, by status")
        .tag("status", status)
        .register(meters);
  }

  private Timer timer(String operation, String result) {
    return Timer.builder("lab.token.backend")
        .description(
            "Duration of calls to the token backend (a file or the API server), in seconds")
        .tag("operation", operation)
        .tag("result", result)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  @PostConstruct
  void startRefreshing() {
    refresh.scheduleWithFixedDelay(this::refresh, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An unavailable backend is only logged at debug level here; clients get a 503. */
  void refresh() {
    try {
      list();
      refreshClusterInfo();
    } catch (BackendUnavailableException away) {
      LOG.debug("the backend is unavailable; the gauges keep their values", away);
    } catch (RuntimeException failure) {
      LOG.error("cannot refresh the token gauges", failure);
    }
  }

  private void refreshClusterInfo() {
    String before = clusterInfoProblem;
    try {
      ClusterInfo info = clusterInfo();
      clusterInfoProblem = info.endpointProblem();
      lastClusterInfo = Optional.of(info);
      clusterInfoListener.accept(info);
    } catch (BackendUnavailableException unusable) {
      clusterInfoProblem = unusable.getMessage();
    }
    if (!clusterInfoProblem.isEmpty() && !clusterInfoProblem.equals(before)) {
      LOG.warnf("join commands are not possible: %s", clusterInfoProblem);
    }
  }

  private double count(boolean expired) {
    Instant now = clock.instant();
    return known.values().stream().filter(expires -> hasExpired(expires, now) == expired).count();
  }

  private double nearestExpiry() {
    Instant now = clock.instant();
    return known.values().stream()
        .filter(expires -> !hasExpired(expires, now))
        .flatMap(Optional::stream)
        .mapToDouble(Instant::getEpochSecond)
        .min()
        .orElse(Double.NaN);
  }

  private static boolean hasExpired(Optional<Instant> expires, Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /** As {@link TokenBackend#list}. */
  public List<BootstrapToken> list() {
    long changesBefore = changes();
    List<BootstrapToken> tokens = measured("list", backend::list);
    Map<String, Optional<Instant>> found = new ConcurrentHashMap<>();
    tokens.forEach(token -> found.put(token.id(), token.expires()));
    replaceKnown(found, changesBefore);
    return tokens;
  }

  private synchronized long changes() {
    return changes;
  }

  private synchronized void change(Runnable change) {
    changes++;
    change.run();
  }

  /** Ignores a list that may miss a change made since it began; the next list contains it. */
  private synchronized void replaceKnown(Map<String, Optional<Instant>> found, long changesBefore) {
    if (changes == changesBefore) {
      known = found;
    }
  }

  /** As {@link TokenBackend#find}. */
  public Optional<BootstrapToken> find(String id) {
    return measured("find", () -> backend.find(id));
  }

  /**
   * As {@link TokenBackend#create}.
   *
   * @param ttl the requested time to live; zero for a token that never expires
   * @param caller the user name, for the audit log
   */
  public void create(BootstrapToken token, Duration ttl, String caller) {
    audited(
        "create",
        token,
        "ttl " + GoDuration.format(ttl) + ", " + end(token),
        caller,
        () -> {
          backend.create(token);
          return "created";
        });
    change(() -> known.put(token.id(), token.expires()));
  }

  /**
   * As {@link TokenBackend#delete}.
   *
   * @param caller the user name, for the audit log
   */
  public boolean delete(BootstrapToken token, String caller) {
    return delete(token, caller, () -> backend.delete(token) ? "deleted" : "not found");
  }

  /**
   * As {@link TokenBackend#deleteUnchanged}.
   *
   * @param caller the user name, for the audit log
   */
  public boolean deleteUnchanged(BootstrapToken token, String caller) {
    return delete(
        token, caller, () -> backend.deleteUnchanged(token) ? "deleted" : "not found or changed");
  }

  private boolean delete(BootstrapToken token, String caller, Supplier<String> change) {
    boolean deleted = audited("delete", token, end(token), caller, change).equals("deleted");
    if (deleted) {
      change(() -> known.remove(token.id()));
    }
    return deleted;
  }

  /**
   * As {@link TokenBackend#setExpiry}.
   *
   * @param ttl the requested time to live; zero for a token that never expires
   * @param caller the user name, for the audit log
   */
  public boolean setExpiry(
      BootstrapToken token, Optional<Instant> expires, Duration ttl, String caller) {
    boolean updated =
        audited(
                "update",
                token,
                "ttl " + GoDuration.format(ttl) + ", " + end(token.withExpiry(expires)),
                caller,
                () -> backend.setExpiry(token, expires) ? "updated" : "not found")
            .equals("updated");
    if (updated) {
      // Another client may have deleted the token meanwhile.
      change(() -> known.replace(token.id(), expires));
    }
    return updated;
  }

  /** As {@link TokenBackend#clusterInfo}. */
  public ClusterInfo clusterInfo() {
    return measured("cluster_info", backend::clusterInfo);
  }

  /** Calls the listener with the cluster info, now if it is known and then every 30 seconds. */
  public void onClusterInfo(Consumer<ClusterInfo> listener) {
    clusterInfoListener = listener;
    lastClusterInfo.ifPresent(listener);
  }

  /** As {@link TokenBackend#createsPerSecond}. */
  public int createsPerSecond() {
    return backend.createsPerSecond();
  }

  private static String end(BootstrapToken token) {
    return token.expires().map(expires -> "until " + expires).orElse("never expires");
  }

  private String audited(
      String operation,
      BootstrapToken token,
      String lifetime,
      String caller,
      Supplier<String> change) {
    String result = "failed";
    try {
      result = measured(operation, change);
      return result;
    } catch (TokenExistsException exists) {
      result = "exists";
      throw exists;
    } catch (BackendUnavailableException away) {
      // The change may have succeeded: maybe only the response was lost.
      result = "unavailable";
      throw away;
    } finally {
      AUDIT.infof(
          "%s of token %s by %s: %s; %s, groups %s",
          operation,
          token.id(),
          Printable.quoted(caller),
          result,
          lifetime,
          Printable.quoted(String.join(",", token.groups())));
    }
  }

  private <T> T measured(String operation, Supplier<T> work) {
    Timer.Sample sample = Timer.start(meters);
    String result = "ok";
    try {
      return work.get();
    } catch (BackendUnavailableException away) {
      result = "failed";
      throw away;
    } finally {
      sample.stop(timer(operation, result));
    }
  }

  @PreDestroy
  void stop() {
    refresh.shutdownNow();
  }
}
