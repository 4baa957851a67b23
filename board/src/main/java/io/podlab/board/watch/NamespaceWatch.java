package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.Source;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Timeline;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** All watches of a namespace, and from when to when it could not be seen. */
final class NamespaceWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NamespaceWatch.class);
  private static final int MOST_OBJECTS = 10_000;
  private static final int MOST_EVENTS = 20_000;

  private final KubernetesClient client;
  private final String namespace;
  private final Timeline timeline;
  private final ScheduledExecutorService executor;
  private final Clock clock;
  private final IntSupplier life;
  private final Supplier<Optional<Sight.Obstacle>> apiServer;
  private final NamespaceObjects objects;
  private final Informer<Pod> pods;
  private final List<Informer<?>> informers = new ArrayList<>();
  private final Sight sight;

  /** What is said already of kinds that may not be watched. */
  private final Set<String> warned = new HashSet<>();

  private boolean started;
  private volatile Optional<String> problem = Optional.of("waiting for the first lists");
  private volatile boolean missing;

  /**
   * @param life how many seconds the next watch is to last
   */
  NamespaceWatch(
      KubernetesClient client,
      String namespace,
      Timeline timeline,
      List<PodListener> listeners,
      ScheduledExecutorService executor,
      Clock clock,
      IntSupplier life,
      Supplier<Optional<Sight.Obstacle>> apiServer) {
    this.client = client;
    this.namespace = namespace;
    this.timeline = timeline;
    this.executor = executor;
    this.clock = clock;
    this.life = life;
    this.apiServer = apiServer;
    this.objects = new NamespaceObjects(timeline, listeners);
    this.sight = new Sight(clock.instant());
    this.pods = informer(Pod.class, "pods", Stripping::pod, objects::pod);
    informers.add(pods);
    informers.add(
        informer(
            new Informer.Watched<>(
                Event.class, "events", MOST_EVENTS, Stripping::metadata, Stripping::told, false),
            objects::event));
    // Kubernetes 1.20 does not end a watch on Services (kubernetes/kubernetes#102464).
    informers.add(
        informer(
            new Informer.Watched<>(
                Service.class, "services", MOST_OBJECTS, Stripping::metadata, told -> {}, true),
            objects::service));
    informers.add(workloads(ReplicaSet.class, "replicasets.apps"));
    informers.add(workloads(Deployment.class, "deployments.apps"));
    informers.add(workloads(StatefulSet.class, "statefulsets.apps"));
    informers.add(workloads(DaemonSet.class, "daemonsets.apps"));
    informers.add(workloads(Job.class, "jobs.batch"));
    timeline.lane(Owners.board(namespace));
  }

  private <T extends HasMetadata> Informer<T> informer(
      Class<T> type, String plural, Consumer<? super T> strip, Informer.Listener<T> listener) {
    return informer(
        new Informer.Watched<>(type, plural, MOST_OBJECTS, strip, told -> {}, false), listener);
  }

  private <T extends HasMetadata> Informer<T> informer(
      Informer.Watched<T> watched, Informer.Listener<T> listener) {
    return new Informer<>(client, watched, namespace, executor, clock, life, listener);
  }

  private <T extends HasMetadata> Informer<T> workloads(Class<T> type, String plural) {
    return informer(type, plural, Stripping::metadata, objects::workload);
  }

  private <T extends HasMetadata> Informer<T> slices(Class<T> type) {
    return informer(
        type,
        "endpointslices.discovery.k8s.io",
        Stripping::metadata,
        new Informer.Listener<>() {
          @Override
          public void changed(Delta<T> delta) {
            objects.slice(delta);
          }

          @Override
          public void listed() {
            objects.slicesListed();
          }
        });
  }

  String namespace() {
    return namespace;
  }

  /** Why not all is seen, if so. */
  Optional<String> problem() {
    return problem.or(() -> missing ? Optional.of(doesNotExist()) : Optional.empty());
  }

  private String doesNotExist() {
    return "namespace %s does not exist; the board shows it when it is created"
        .formatted(namespace);
  }

  boolean isWatching() {
    return problem.isEmpty();
  }

  /**
   * Begins to watch.
   *
   * @param slicesV1 whether the API server has EndpointSlices of {@code v1}, and not only of {@code
   *     v1beta1}
   */
  synchronized void start(boolean slicesV1) {
    started = true;
    informers.add(
        slicesV1
            ? slices(EndpointSlice.class)
            : slices(io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice.class));
    informers.forEach(Informer::start);
  }

  synchronized boolean isStarted() {
    return started;
  }

  /** All connections may be dead: the API server was away, or one of them is. */
  synchronized void reconnect() {
    informers.forEach(Informer::reconnect);
  }

  /** Looks whether all is well; several times a second. */
  synchronized void look() {
    Optional<Sight.Obstacle> obstacle = obstacle();
    Optional<Sight.Turn> turn = sight.look(clock.instant(), obstacle);
    if (sight.isWell()) {
      problem = Optional.empty();
    } else if (obstacle.isPresent()) {
      problem = obstacle.map(Sight.Obstacle::why);
    }
    objects.blind(sight.isBlind());
    turn.ifPresent(this::tell);
    if (sight.isBlind() && informers.stream().anyMatch(Informer::isDead)) {
      reconnect();
    }
    informers.forEach(this::warn);
  }

  private void tell(Sight.Turn turn) {
    if (turn instanceof Sight.Blind blind) {
      LOG.warnf("cannot watch namespace %s: %s", namespace, blind.why());
      timeline.add(
          Observed.of(
                  Lane.ofBoard(namespace),
                  Kind.BLIND,
                  Source.BOARD,
                  Optional.of(timeline.corrected(blind.since())),
                  "unknown from here on: " + blind.why())
              .roughly());
    } else {
      LOG.infof("namespace %s is watched again", namespace);
      timeline.add(
          Observed.of(
              Lane.ofBoard(namespace),
              Kind.SIGHTED,
              Source.BOARD,
              Optional.empty(),
              "all watches are back"));
    }
  }

  private Optional<Sight.Obstacle> obstacle() {
    Optional<Sight.Obstacle> ofServer = apiServer.get();
    if (ofServer.isPresent()) {
      return ofServer;
    }
    if (!started) {
      return Optional.of(new Sight.Obstacle("the watches have not started yet", false));
    }
    return informers.stream().flatMap(informer -> obstacle(informer).stream()).findFirst();
  }

  private Optional<Sight.Obstacle> obstacle(Informer<?> informer) {
    Optional<Informer.Refusal> refusal = informer.refusal();
    boolean denied = refusal.filter(Informer.Refusal::denied).isPresent();
    if (informer.isSeeing() || denied && informer != pods) {
      return Optional.empty();
    }
    String state = informer.isDead() ? "was lost without a word" : "is interrupted";
    return Optional.of(
        new Sight.Obstacle(
            refusal
                .map(Informer.Refusal::why)
                .orElse("the watch on %s %s".formatted(informer.plural(), state)),
            denied,
            informer.lastSign()));
  }

  /** Without a right to pods nothing is seen; without another, the rest still is. */
  private void warn(Informer<?> informer) {
    Optional<String> denied =
        informer
            .refusal()
            .filter(Informer.Refusal::denied)
            .filter(refusal -> informer != pods && !informer.isWatching())
            .map(Informer.Refusal::why);
    if (denied.isEmpty()) {
      warned.remove(informer.plural());
    } else if (warned.add(informer.plural())) {
      warn(denied.get() + ": what happens to them is not shown");
    }
  }

  private void warn(String text) {
    LOG.warnf("%s", text);
    timeline.add(
        Observed.of(Lane.ofBoard(namespace), Kind.WARNING, Source.BOARD, Optional.empty(), text));
  }

  /** Asks whether the namespace exists; an account that may not ask sees it when it has pods. */
  void confirm() {
    try {
      boolean absent = client.namespaces().withName(namespace).get() == null;
      if (absent && !missing) {
        warn(doesNotExist());
      }
      missing = absent;
    } catch (KubernetesClientException forbiddenOrAway) {
      missing = false;
    }
  }

  @Override
  public synchronized void close() {
    informers.forEach(Informer::close);
  }
}
