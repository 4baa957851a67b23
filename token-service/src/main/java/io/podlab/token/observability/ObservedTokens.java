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
 * The tokens of the backend, with a record: each create and delete is a line of the audit log, and
 * each call is timed.
 *
 * <p>A scrape never asks the backend: on a cluster that would be a request to the API server each
 * time. The gauges show what the last list held and what was created and deleted here since; a list
 * every half minute finds what others did.
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

  /** By id, when it expires. */
  private volatile Map<String, Optional<Instant>> known = new ConcurrentHashMap<>();

  /** How many changes were made here; guarded by this object's monitor. */
  private long changes;

  /** Why there are no join commands, as the log was told; empty if there are. */
  private volatile String clusterInfoProblem = "";

  private volatile Optional<ClusterInfo> lastClusterInfo = Optional.empty();
  private volatile Consumer<ClusterInfo> clusterInfoListener = info -> {};

  @Inject
  ObservedTokens(TokenBackend backend, Clock clock, MeterRegistry meters) {
    this.backend = backend;
    backend.onExpiry(token -> change(() -> known.remove(token.id(), token.expires())));
    this.clock = clock;
    this.meters = meters;
    for (String operation : List.of("list", "find", "create", "delete", "cluster_info")) {
      timer(operation, "ok");
      timer(operation, "failed");
    }
    tokens("active", false);
    tokens("expired", true);
    Gauge.builder("lab.token.expiry.timestamp", this, ObservedTokens::nearestExpiry)
        .baseUnit("seconds")
        .description("Unix time at which the next active token expires; NaN if none does")
        .register(meters);
  }

  private void tokens(String status, boolean expired) {
    Gauge.builder("lab.tokens", this, self -> self.count(expired))
        .description("Tokens that exist, by status")
        .tag("status", status)
        .register(meters);
  }

  private Timer timer(String operation, String result) {
    return Timer.builder("lab.token.backend")
        .description("Duration of the calls to the place where tokens are kept")
        .tag("operation", operation)
        .tag("result", result)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  @PostConstruct
  void startRefreshing() {
    refresh.scheduleWithFixedDelay(this::refresh, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Clients that need the backend are told that it is away; here it is only measured. */
  void refresh() {
    try {
      list();
      refreshClusterInfo();
    } catch (BackendUnavailableException away) {
      LOG.debug("the gauges stay as they are", away);
    } catch (RuntimeException failure) {
      LOG.error("the gauges could not be refreshed", failure);
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
      LOG.warnf("there are no join commands: %s", clusterInfoProblem);
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

  /**
   * Unless a change was made since the list began, which may not be in it: the next list will do.
   */
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
   * @param ttl how long it was asked to live; zero for a token that never expires
   * @param caller who asked for it
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
   * @param caller who asked for it
   */
  public boolean delete(BootstrapToken token, String caller) {
    boolean deleted =
        audited(
                "delete",
                token,
                end(token),
                caller,
                () -> backend.delete(token) ? "deleted" : "not found")
            .equals("deleted");
    if (deleted) {
      change(() -> known.remove(token.id()));
    }
    return deleted;
  }

  /** As {@link TokenBackend#clusterInfo}. */
  public ClusterInfo clusterInfo() {
    return measured("cluster_info", backend::clusterInfo);
  }

  /** Calls the listener with what is known of the cluster, now and every half minute. */
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
      // It may have happened all the same: only the answer may be lost.
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
