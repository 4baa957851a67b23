package io.podlab.config.api;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads one ConfigMap through the API. An informer on one object works for a service account that
 * has the rights for this object only. A GET every {@code refresh} finds what the watch missed;
 * while the watch is down, a GET every second replaces it.
 */
public final class ConfigMapWatch implements Source {
  private static final Logger LOG = Logger.getLogger(ConfigMapWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Resource<ConfigMap> resource;
  private final String origin;
  private final String unreachable;
  private final Clock clock;
  private final WatchGap gap;
  private final SharedIndexInformer<ConfigMap> informer;
  private final CountDownLatch first = new CountDownLatch(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "config-api");
            thread.setDaemon(true);
            return thread;
          });

  private volatile ReadResult look =
      new ReadResult(new Reading.Unreadable("no answer yet"), Optional.empty());
  private volatile long refreshNanos = TimeUnit.SECONDS.toNanos(30);
  private long events;
  private long asked = System.nanoTime() - refreshNanos;
  private volatile boolean watched;

  /** The last failure. A failure that repeats is logged once. */
  private String failure = "";

  public ConfigMapWatch(KubernetesClient client, ConfigMapName name, Clock clock) {
    String namespace =
        name.namespace().or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
    this.resource = client.configMaps().inNamespace(namespace).withName(name.name());
    this.origin = namespace + "/" + name.name();
    this.clock = clock;
    this.gap = new WatchGap("ConfigMap " + origin);
    // The informer's store never has more than this one object: its field selector names it.
    this.informer = resource.runnableInformer(0);
    informer.addEventHandler(new Events());
    informer.exceptionHandler((started, failure) -> true);
    this.unreachable = "cannot reach the API server at " + client.getMasterUrl();
  }

  /** Called once it is certain that the service starts. */
  public void start() {
    informer.start();
    timer.scheduleWithFixedDelay(this::confirm, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private final class Events implements ResourceEventHandler<ConfigMap> {
    @Override
    public void onAdd(ConfigMap configMap) {
      event(content(configMap, Optional.of(changedAt())));
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap configMap) {
      event(content(configMap, Optional.of(changedAt())));
    }

    @Override
    public void onDelete(ConfigMap configMap, boolean unknownState) {
      event(gone());
    }
  }

  @Override
  public SourceName name() {
    return SourceName.API;
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public String reloads() {
    return look.reading() instanceof Reading.Content content && content.immutable()
        ? "never: immutable ConfigMap; delete it and create it again"
        : "immediately: the service watches the API server";
  }

  @Override
  public boolean watching() {
    return informer.isWatching();
  }

  /** Whether the check that runs every second saw a watch. From then on, events come from it. */
  boolean hasSeenWatch() {
    return watched;
  }

  /** Waits for the first answer or failure, at most 10 s. */
  public void awaitFirst() {
    try {
      first.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public ReadResult look() {
    return look;
  }

  @Override
  public ReadResult read() {
    return look;
  }

  @Override
  public CompletableFuture<Void> ask() {
    return CompletableFuture.runAsync(this::get, timer);
  }

  @Override
  public void refreshEvery(Duration refresh) {
    refreshNanos = refresh.toNanos();
  }

  private void confirm() {
    try {
      boolean watching = informer.isWatching();
      watched = watching;
      gap.look(watching, clock.instant()).ifPresent(LOG::info);
      boolean due = System.nanoTime() - asked >= refreshNanos;
      if (due || !watching || look.reading() instanceof Reading.Unreadable) {
        get();
      }
      failure = "";
    } catch (Throwable e) {
      // An exception would end the timer.
      if (!failure.equals(e.toString())) {
        failure = e.toString();
        LOG.error("cannot read the ConfigMap", e);
      }
    }
  }

  private void get() {
    long before = events();
    asked = System.nanoTime();
    Reading reading;
    try {
      ConfigMap configMap = resource.get();
      // The watch, if there is one, is about to report the same change with a better time.
      Optional<Instant> changed = watched ? Optional.empty() : look.confirmedAt();
      reading = configMap == null ? gone() : content(configMap, changed);
    } catch (KubernetesClientException e) {
      reading = new Reading.Unreadable(reason(e));
    }
    answer(before, reading);
    first.countDown();
  }

  private String reason(KubernetesClientException e) {
    return switch (Math.max(0, e.getCode())) {
      // The client uses 0 or a negative code if there was no answer.
      case 0 -> unreachable;
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "the API server rejects the credentials (401); they may have expired";
      case HttpURLConnection.HTTP_FORBIDDEN -> "no permission to get ConfigMap " + origin;
      default -> "the API server answered with status " + e.getCode();
    };
  }

  private synchronized long events() {
    return events;
  }

  /**
   * The time of the change that an event reports. After an outage of the watch, the change can be
   * as old as the outage.
   */
  private Instant changedAt() {
    Instant now = clock.instant();
    return watched && informer.isWatching() ? now : look.confirmedAt().orElse(now);
  }

  private synchronized void event(Reading reading) {
    events++;
    set(reading);
    first.countDown();
  }

  /** Ignores an answer if an event arrived after the request: the event may be newer. */
  private synchronized void answer(long before, Reading reading) {
    if (events == before) {
      set(reading);
    }
  }

  private void set(Reading reading) {
    Reading known = look.reading();
    look =
        new ReadResult(
            isSame(reading, known) ? known : reading,
            reading instanceof Reading.Unreadable
                ? look.confirmedAt()
                : Optional.of(clock.instant()));
  }

  private static boolean isSame(Reading one, Reading other) {
    return one instanceof Reading.Content content && other instanceof Reading.Content known
        ? content.version().equals(known.version())
        : one.equals(other);
  }

  private Reading gone() {
    return new Reading.Gone("ConfigMap " + origin + " does not exist");
  }

  /**
   * @param changed when the content changed, if known
   */
  private Reading content(ConfigMap configMap, Optional<Instant> changed) {
    try {
      return new Reading.Content(
          Snapshot.of(configMap.getData(), configMap.getBinaryData()),
          Optional.of(configMap.getMetadata().getResourceVersion()),
          changed,
          Boolean.TRUE.equals(configMap.getImmutable()),
          LastApplied.keys(configMap));
    } catch (IllegalArgumentException noBase64) {
      return new Reading.Refused("binaryData", "it is not base64");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    informer.stop();
  }
}
