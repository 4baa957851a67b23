package io.podlab.board.watch;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podlab.board.timeline.Recording;
import io.podlab.board.timeline.RecordingFile;
import io.podlab.board.timeline.Timeline;
import io.podlab.kit.settings.CommaSeparated;
import io.podlab.kit.text.Printable;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Shows a recording, a cluster, or the sample if there is neither. */
@Singleton
class Board {
  private static final Logger LOG = Logger.getLogger(Board.class);

  /** A DNS label, as the API server requires. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** Each namespace needs nine connections; more would burden a laptop or an API server. */
  private static final int MOST_NAMESPACES = 20;

  private static final int LONGEST_SHOWN = 256;

  /** The threads list objects and open watches; each of them can wait for the API server. */
  private static final int THREADS = 8;

  private static final long CHECK_MILLISECONDS = 250;
  private static final long HEARTBEAT_MILLISECONDS = 2_000;
  private static final long NAMESPACE_CHECK_MILLISECONDS = 10_000;

  private final BoardConfig config;
  private final Timeline timeline;
  private final Clock clock;
  private final Config cluster;
  private final Instance<KubernetesClient> clients;
  private final List<PodListener> listeners;
  private volatile List<NamespaceWatch> namespaces = List.of();
  private final List<ScheduledExecutorService> executors = new ArrayList<>();
  private ScheduledExecutorService threads;
  private Heartbeat heartbeat;
  private KubernetesClient client;

  @Inject
  Board(
      BoardConfig config,
      Timeline timeline,
      Clock clock,
      Config cluster,
      Instance<KubernetesClient> clients,
      @All List<PodListener> listeners) {
    this.config = config;
    this.timeline = timeline;
    this.clock = clock;
    this.cluster = cluster;
    this.clients = clients;
    this.listeners = listeners;
  }

  void start(@Observes StartupEvent starting) {
    if (config.recording().isPresent()) {
      rejectClusterSettings("LAB_BOARD_RECORDING");
      show(RecordingFile.read(config.recording().get()));
    } else if (!config.sample() && Cluster.isConfigured(cluster)) {
      watch(configuredNamespaces());
    } else {
      if (config.sample()) {
        rejectClusterSettings("LAB_BOARD_SAMPLE");
      }
      show(RecordingFile.sample());
    }
  }

  private void rejectClusterSettings(String source) {
    Optional.of("LAB_BOARD_CONTEXT")
        .filter(context -> config.context().isPresent())
        .or(() -> config.namespaces().map(namespaces -> "LAB_BOARD_NAMESPACES"))
        .ifPresent(
            ignored -> {
              throw new ConfigurationException(
                  "%s has no effect with %s; unset one of them".formatted(ignored, source));
            });
  }

  private void show(Recording recording) {
    timeline.show(recording);
    LOG.infof(
        "showing recording '%s' with %d moments; no cluster is watched",
        Printable.line(recording.title()), recording.moments().size());
  }

  private List<String> configuredNamespaces() {
    List<String> wanted =
        config
            .namespaces()
            .map(CommaSeparated::items)
            .orElseGet(
                () -> List.of(Optional.ofNullable(cluster.getNamespace()).orElse("default")));
    List<String> names = wanted.stream().distinct().toList();
    names.stream()
        .filter(name -> !NAMESPACE.matcher(name).matches())
        .findFirst()
        .ifPresent(
            name -> {
              throw new ConfigurationException(
                  "LAB_BOARD_NAMESPACES is invalid: '%s' is not a namespace name; use names separated by commas, such as default,shop"
                      .formatted(Printable.line(name, LONGEST_SHOWN)));
            });
    if (names.size() > MOST_NAMESPACES) {
      throw new ConfigurationException(
          "LAB_BOARD_NAMESPACES is invalid: %d namespaces are too many; use at most %d"
              .formatted(names.size(), MOST_NAMESPACES));
    }
    return names;
  }

  private void watch(List<String> names) {
    client = clients.get();
    threads = executor(THREADS, "board-watch");
    timeline.describe(String.join(", ", names), names);
    heartbeat = new Heartbeat(client, clock, timeline::correctClock, this::reconnect);
    namespaces =
        names.stream()
            .map(
                name ->
                    new NamespaceWatch(
                        client,
                        name,
                        timeline,
                        listeners,
                        threads,
                        clock,
                        Informer::randomLifetime,
                        heartbeat::outageCause))
            .toList();
    LOG.infof("watching namespaces %s at %s", String.join(", ", names), client.getMasterUrl());
    every(executor(1, "board-heartbeat"), HEARTBEAT_MILLISECONDS, this::checkApiServer);
    every(
        executor(1, "board-check"),
        CHECK_MILLISECONDS,
        () -> namespaces.forEach(NamespaceWatch::check));
  }

  private ScheduledExecutorService executor(int size, String name) {
    ScheduledExecutorService executor =
        Executors.newScheduledThreadPool(
            size,
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            });
    executors.add(executor);
    return executor;
  }

  private static void every(ScheduledExecutorService executor, long milliseconds, Runnable work) {
    Runnable safe =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            // An exception would cancel all further runs.
            LOG.error("a periodic check failed", e);
          }
        };
    executor.scheduleWithFixedDelay(safe, 0, milliseconds, TimeUnit.MILLISECONDS);
  }

  private void checkApiServer() {
    heartbeat.check();
    if (heartbeat.problem().isEmpty()
        && namespaces.stream().anyMatch(namespace -> !namespace.isStarted())) {
      try {
        boolean slicesV1 = client.raw("/apis/discovery.k8s.io/v1") != null;
        namespaces.forEach(namespace -> namespace.start(slicesV1));
        every(threads, NAMESPACE_CHECK_MILLISECONDS, this::checkNamespaces);
      } catch (KubernetesClientException e) {
        LOG.debug("the version of EndpointSlices is not known yet", e);
      }
    }
  }

  private void reconnect() {
    namespaces.forEach(NamespaceWatch::reconnect);
  }

  private void checkNamespaces() {
    if (heartbeat.problem().isEmpty()) {
      namespaces.forEach(NamespaceWatch::checkNamespace);
    }
  }

  /** Empty for a recording. */
  List<NamespaceWatch> namespaces() {
    return namespaces;
  }

  @PreDestroy
  void stop() {
    executors.forEach(ScheduledExecutorService::shutdownNow);
    namespaces.forEach(NamespaceWatch::close);
  }
}
