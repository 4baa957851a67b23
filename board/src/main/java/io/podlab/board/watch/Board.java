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

/** Decides what is shown: a recording, a cluster, or without either the sample. */
@Singleton
class Board {
  private static final Logger LOG = Logger.getLogger(Board.class);

  /** A label of DNS, as the API server demands. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** More would be more connections than a laptop or an API server likes. */
  private static final int MOST_NAMESPACES = 20;

  /** They list and open watches, and may all have to wait for the API server. */
  private static final int THREADS = 8;

  private static final long LOOK_MILLISECONDS = 250;
  private static final long HEARTBEAT_MILLISECONDS = 2_000;
  private static final long CONFIRM_MILLISECONDS = 10_000;

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
      refuseSettingsOfACluster("LAB_BOARD_RECORDING");
      show(RecordingFile.read(config.recording().get()));
    } else if (!config.sample() && Cluster.isConfigured(cluster)) {
      watch(wanted());
    } else {
      if (config.sample()) {
        refuseSettingsOfACluster("LAB_BOARD_SAMPLE");
      }
      show(RecordingFile.sample());
    }
  }

  private void refuseSettingsOfACluster(String shown) {
    Optional.of("LAB_BOARD_CONTEXT")
        .filter(context -> config.context().isPresent())
        .or(() -> config.namespaces().map(namespaces -> "LAB_BOARD_NAMESPACES"))
        .ifPresent(
            ignored -> {
              throw new ConfigurationException(
                  "%s has no effect with %s; leave it out".formatted(ignored, shown));
            });
  }

  private void show(Recording recording) {
    timeline.show(recording);
    LOG.infof(
        "shows the recording '%s' of %d moments; no cluster is watched",
        Printable.line(recording.title()), recording.moments().size());
  }

  private List<String> wanted() {
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
                  "LAB_BOARD_NAMESPACES is invalid: %s is not the name of a namespace; expected names separated by commas, such as default,shop"
                      .formatted(Printable.quoted(name)));
            });
    if (names.size() > MOST_NAMESPACES) {
      throw new ConfigurationException(
          "LAB_BOARD_NAMESPACES is invalid: it has %d namespaces; at most %d are watched"
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
                        Informer::anyLife,
                        heartbeat::obstacle))
            .toList();
    LOG.infof("watches namespaces %s at %s", String.join(", ", names), client.getMasterUrl());
    every(executor(1, "board-heartbeat"), HEARTBEAT_MILLISECONDS, this::beat);
    every(
        executor(1, "board-look"),
        LOOK_MILLISECONDS,
        () -> namespaces.forEach(NamespaceWatch::look));
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
            // Or it would never run again.
            LOG.error("looking after the watches failed", e);
          }
        };
    executor.scheduleWithFixedDelay(safe, 0, milliseconds, TimeUnit.MILLISECONDS);
  }

  private void beat() {
    heartbeat.ask();
    if (heartbeat.problem().isEmpty()
        && namespaces.stream().anyMatch(namespace -> !namespace.isStarted())) {
      try {
        boolean slicesV1 = client.raw("/apis/discovery.k8s.io/v1") != null;
        namespaces.forEach(namespace -> namespace.start(slicesV1));
        every(threads, CONFIRM_MILLISECONDS, this::confirm);
      } catch (KubernetesClientException e) {
        LOG.debug("it is not known yet which EndpointSlices there are", e);
      }
    }
  }

  private void reconnect() {
    namespaces.forEach(NamespaceWatch::reconnect);
  }

  private void confirm() {
    if (heartbeat.problem().isEmpty()) {
      namespaces.forEach(NamespaceWatch::confirm);
    }
  }

  /** None while a recording is shown. */
  List<NamespaceWatch> namespaces() {
    return namespaces;
  }

  @PreDestroy
  void stop() {
    executors.forEach(ScheduledExecutorService::shutdownNow);
    namespaces.forEach(NamespaceWatch::close);
  }
}
