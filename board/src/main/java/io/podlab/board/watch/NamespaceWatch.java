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
import java.time.Instant;
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

/** The watches of a namespace, with the times of their outages. */
final class NamespaceWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NamespaceWatch.class);
  private static final int MOST_OBJECTS = 10_000;
  private static final int MOST_EVENTS = 20_000;

  private final KubernetesClient client;
  private final String namespace;
  private final Timeline timeline;
  private final ScheduledExecutorService executor;
  private final Clock clock;
  private final IntSupplier lifetime;
  private final Supplier<Optional<OutageDetector.Cause>> apiServer;
  private final NamespaceObjects objects;
  private final Informer<Pod> pods;
  private final List<Informer<?>> informers = new ArrayList<>();
  private final OutageDetector outages;

  /** Kinds that may not be watched, whose warning is in the timeline. */
  private final Set<String> warned = new HashSet<>();

  private boolean started;
  private volatile Optional<String> problem = Optional.of("waiting for the first lists of objects");
  private volatile boolean missing;

  /**
   * @param lifetime the duration of the next watch, in seconds
   */
  NamespaceWatch(
      KubernetesClient client,
      String namespace,
      Timeline timeline,
      List<PodListener> listeners,
      ScheduledExecutorService executor,
      Clock clock,
      IntSupplier lifetime,
      Supplier<Optional<OutageDetector.Cause>> apiServer) {
    this.client = client;
    this.namespace = namespace;
    this.timeline = timeline;
    this.executor = executor;
    this.clock = clock;
    this.lifetime = lifetime;
    this.apiServer = apiServer;
    this.objects = new NamespaceObjects(timeline, listeners);
    this.outages = new OutageDetector(clock.instant());
    this.pods = informer(Pod.class, "pods", ObjectTrimmer::pod, objects::pod);
    informers.add(pods);
    informers.add(
        informer(
            new Informer.Watched<>(
                Event.class,
                "events",
                MOST_EVENTS,
                ObjectTrimmer::metadata,
                ObjectTrimmer::processedEvent,
                false),
            objects::event));
    // Kubernetes 1.20 does not end a watch on Services (kubernetes/kubernetes#102464).
    informers.add(
        informer(
            new Informer.Watched<>(
                Service.class,
                "services",
                MOST_OBJECTS,
                ObjectTrimmer::metadata,
                ignored -> {},
                true),
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
        new Informer.Watched<>(type, plural, MOST_OBJECTS, strip, ignored -> {}, false), listener);
  }

  private <T extends HasMetadata> Informer<T> informer(
      Informer.Watched<T> watched, Informer.Listener<T> listener) {
    return new Informer<>(client, watched, namespace, executor, clock, lifetime, listener);
  }

  private <T extends HasMetadata> Informer<T> workloads(Class<T> type, String plural) {
    return informer(type, plural, ObjectTrimmer::metadata, objects::workload);
  }

  private <T extends HasMetadata> Informer<T> slices(Class<T> type) {
    return informer(
        type,
        "endpointslices.discovery.k8s.io",
        ObjectTrimmer::metadata,
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

  /** Why the board cannot watch the whole namespace; empty if it can. */
  Optional<String> problem() {
    return problem.or(() -> missing ? Optional.of(doesNotExist()) : Optional.empty());
  }

  private String doesNotExist() {
    return "namespace %s does not exist; the board shows it after its creation"
        .formatted(namespace);
  }

  boolean isWatching() {
    return problem.isEmpty();
  }

  /**
   * Starts the watches.
   *
   * @param slicesV1 whether the API server serves EndpointSlices {@code v1}, not only {@code
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

  /** Replaces all connections: they may be dead after an outage. */
  synchronized void reconnect() {
    informers.forEach(Informer::reconnect);
  }

  /** Updates the state of the namespace; runs several times a second. */
  synchronized void check() {
    Optional<OutageDetector.Cause> outageCause = outageCause();
    Optional<OutageDetector.Transition> transition = outages.check(clock.instant(), outageCause);
    if (outages.isHealthy()) {
      problem = Optional.empty();
    } else if (outageCause.isPresent()) {
      problem = outageCause.map(OutageDetector.Cause::why);
    }
    objects.outage(outages.isOutage());
    transition.ifPresent(this::record);
    if (outages.isOutage() && informers.stream().anyMatch(Informer::isDead)) {
      reconnect();
    }
    informers.forEach(this::warn);
  }

  private void record(OutageDetector.Transition transition) {
    if (transition instanceof OutageDetector.Began outage) {
      LOG.warnf("cannot watch namespace %s: %s", namespace, outage.why());
      timeline.add(
          moment(
                  Kind.BLIND,
                  Optional.of(timeline.corrected(outage.since())),
                  "state unknown from here on: " + outage.why())
              .asApproximate());
    } else if (transition instanceof OutageDetector.Explained cause) {
      LOG.warnf("cannot watch namespace %s: %s", namespace, cause.why());
      timeline.add(moment(Kind.BLIND, Optional.empty(), "state still unknown: " + cause.why()));
    } else {
      LOG.infof("watching namespace %s again", namespace);
      timeline.add(moment(Kind.SIGHTED, Optional.empty(), "all watches work again"));
    }
  }

  private Observed moment(Kind kind, Optional<Instant> time, String text) {
    return Observed.of(Lane.ofBoard(namespace), kind, Source.BOARD, time, text);
  }

  private Optional<OutageDetector.Cause> outageCause() {
    Optional<OutageDetector.Cause> ofServer = apiServer.get();
    if (ofServer.isPresent()) {
      return ofServer;
    }
    if (!started) {
      return Optional.of(new OutageDetector.Cause("the watches have not started yet", false));
    }
    return informers.stream().flatMap(informer -> outageCause(informer).stream()).findFirst();
  }

  private Optional<OutageDetector.Cause> outageCause(Informer<?> informer) {
    Optional<Informer.Refusal> refusal = informer.refusal();
    boolean denied = refusal.filter(Informer.Refusal::denied).isPresent();
    if (informer.isUpToDate() || denied && informer != pods) {
      return Optional.empty();
    }
    return Optional.of(
        new OutageDetector.Cause(
            refusal
                .map(Informer.Refusal::why)
                .orElseGet(
                    () -> "the watch on %s %s".formatted(informer.plural(), state(informer))),
            denied,
            informer.lastHeard()));
  }

  private static String state(Informer<?> informer) {
    if (informer.lastHeard().isEmpty()) {
      return "has not started yet";
    }
    return informer.isDead() ? "has lost its connection" : "is interrupted";
  }

  /** Warns about a kind other than pods that may not be watched; the others remain visible. */
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
      warn(denied.get() + "; the board does not show them");
    }
  }

  private void warn(String text) {
    LOG.warnf("%s", text);
    timeline.add(moment(Kind.WARNING, Optional.empty(), text));
  }

  /** Checks whether the namespace exists, if the account has permission to get it. */
  void checkNamespace() {
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
