package io.podlab.token.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.TokenBackend;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Typed;
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
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The backend, and how long it takes. A scrape never asks it: on a cluster that would be a request
 * to the API server each time. The gauges tell what the last list held and what was made and
 * deleted here since; a list every half minute finds what others did.
 */
@Singleton
@Typed(MeasuredBackend.class)
public final class MeasuredBackend implements TokenBackend {
  private static final Logger LOG = Logger.getLogger(MeasuredBackend.class);
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

  private volatile Optional<ClusterInfo> lastClusterInfo = Optional.empty();

  @Inject
  MeasuredBackend(TokenBackend backend, Clock clock, MeterRegistry meters) {
    this.backend = backend;
    backend.onExpiry(token -> known.remove(token.id()));
    this.clock = clock;
    this.meters = meters;
    for (String operation : List.of("list", "find", "create", "delete", "cluster_info")) {
      timer(operation, "ok");
      timer(operation, "failed");
    }
    tokens("active", false);
    tokens("expired", true);
    Gauge.builder("lab.token.expiry.timestamp", this, MeasuredBackend::nearestExpiry)
        .baseUnit("seconds")
        .description("When the next of the active tokens expires; NaN if none does")
        .register(meters);
  }

  private void tokens(String status, boolean expired) {
    Gauge.builder("lab.tokens", this, self -> self.count(expired))
        .description("Tokens that exist")
        .tag("status", status)
        .register(meters);
  }

  private Timer timer(String operation, String result) {
    return Timer.builder("lab.token.backend")
        .description("How long the place where tokens are kept takes")
        .tag("operation", operation)
        .tag("result", result)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  @PostConstruct
  void startRefreshing() {
    refresh.scheduleWithFixedDelay(this::refresh, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whoever needs the backend is told that it is away; here it is only measured. */
  void refresh() {
    try {
      list();
      clusterInfo();
    } catch (BackendUnavailableException away) {
      LOG.debug("no news for the gauges", away);
    } catch (RuntimeException failure) {
      LOG.error("the gauges could not be refreshed", failure);
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

  /** What {@link #clusterInfo} last answered; empty until it first did. */
  public Optional<ClusterInfo> lastClusterInfo() {
    return lastClusterInfo;
  }

  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public List<BootstrapToken> list() {
    List<BootstrapToken> tokens = measured("list", backend::list);
    Map<String, Optional<Instant>> found = new ConcurrentHashMap<>();
    tokens.forEach(token -> found.put(token.id(), token.expires()));
    known = found;
    return tokens;
  }

  @Override
  public Optional<BootstrapToken> find(String id) {
    return measured("find", () -> backend.find(id));
  }

  @Override
  public void create(BootstrapToken token) {
    measured(
        "create",
        () -> {
          backend.create(token);
          return true;
        });
    known.put(token.id(), token.expires());
  }

  @Override
  public boolean delete(BootstrapToken token) {
    boolean deleted = measured("delete", () -> backend.delete(token));
    if (deleted) {
      known.remove(token.id());
    }
    return deleted;
  }

  @Override
  public ClusterInfo clusterInfo() {
    ClusterInfo info = measured("cluster_info", backend::clusterInfo);
    lastClusterInfo = Optional.of(info);
    return info;
  }

  @Override
  public boolean isReady() {
    return backend.isReady();
  }

  @Override
  public int createsPerSecond() {
    return backend.createsPerSecond();
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
