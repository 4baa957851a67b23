package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.podlab.board.moment.EndpointMoments;
import io.podlab.board.moment.EventMoments;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.PodMoments;
import io.podlab.board.moment.ServiceEndpoints;
import io.podlab.board.moment.WorkloadMoments;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Converts the changes from the informers of a namespace into lanes and moments of the timeline. It
 * does not access the cluster.
 */
final class NamespaceObjects {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** The number of unknown objects whose Events are kept. */
  private static final int MOST_EARLY = 1_000;

  private static final int MOST_EARLY_OF_ONE = 50;

  private final Timeline timeline;
  private final List<PodListener> listeners;

  /** During an outage, the times of changes are approximate. */
  private boolean outage;

  private final Map<String, Pod> pods = new HashMap<>();
  private final Map<String, ReplicaSet> replicaSets = new HashMap<>();
  private final Set<String> deletedReplicaSets = new HashSet<>();
  private final Map<String, Service> services = new HashMap<>();

  /** By Service name, then UID. */
  private final Map<String, Map<String, HasMetadata>> slices = new HashMap<>();

  private boolean slicesListed;

  /** By the Service's UID. */
  private final Map<String, ServiceEndpoints> endpoints = new HashMap<>();

  /** The lane for Events of objects without their own lane: static pods and ReplicaSets. */
  private final Map<String, String> lanes = new HashMap<>();

  /** Events that arrived before their object. */
  private final Map<String, Early> early =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Early> eldest) {
          return size() > MOST_EARLY;
        }
      };

  /**
   * @param since the arrival of the first one
   */
  private record Early(Instant since, List<Observed> moments) {}

  NamespaceObjects(Timeline timeline, List<PodListener> listeners) {
    this.timeline = timeline;
    this.listeners = listeners;
  }

  synchronized void outage(boolean now) {
    outage = now;
  }

  synchronized void pod(Delta<Pod> delta) {
    if (delta.after().isPresent()) {
      Pod pod = delta.after().get();
      String uid = uid(pod);
      pods.put(uid, pod);
      redirectEvents(PodMoments.eventUid(pod), uid);
      timeline.lane(lane(pod));
      publish(
          delta.existedBeforeWatch()
              ? PodMoments.rebuilt(pod)
              : PodMoments.between(delta.before(), delta.after()),
          delta);
      publishEarly(uid);
      listeners.forEach(listener -> listener.changed(pod));
    } else {
      Pod pod = delta.before().orElseThrow();
      String uid = uid(pod);
      publish(PodMoments.between(delta.before(), Optional.empty()), delta);
      pods.remove(uid);
      Owners.controller(pod).ifPresent(owner -> removeWithoutPods(owner.getUid()));
      lanes.remove(PodMoments.eventUid(pod), uid);
      timeline.gone(uid);
      listeners.forEach(listener -> listener.gone(pod));
    }
  }

  private Lane lane(Pod pod) {
    return Owners.lane(pod, uid -> Optional.ofNullable(replicaSets.get(uid)));
  }

  synchronized void event(Delta<Event> delta) {
    // The API server removes Events after an hour; this has no meaning.
    delta
        .after()
        .ifPresent(
            event ->
                publish(
                    delta.existedBeforeWatch()
                        ? EventMoments.rebuilt(event)
                        : EventMoments.between(delta.before(), event),
                    delta));
  }

  /** Processes a Deployment, StatefulSet, DaemonSet, Job or ReplicaSet. */
  synchronized void workload(Delta<? extends HasMetadata> delta) {
    HasMetadata workload = delta.after().isPresent() ? delta.after().get() : delta.before().get();
    String uid = uid(workload);
    Optional<String> owner = Owners.controller(workload).map(one -> one.getUid());
    if (workload instanceof ReplicaSet replicaSet) {
      remember(replicaSet, delta.after().isPresent());
      if (owner.isPresent()) {
        if (delta.after().isPresent()) {
          redirectEvents(uid, owner.get());
        } else {
          lanes.remove(uid);
        }
        return;
      }
    }
    if (delta.after().isPresent()) {
      timeline.lane(Owners.lane(workload));
    }
    publish(
        delta.existedBeforeWatch()
            ? WorkloadMoments.rebuilt(workload)
            : WorkloadMoments.between(
                delta.before().map(HasMetadata.class::cast),
                delta.after().map(HasMetadata.class::cast)),
        delta);
    publishEarly(uid);
    if (delta.after().isEmpty()) {
      timeline.gone(uid);
    }
  }

  /** Also updates the lanes of pods that arrived before their ReplicaSet. */
  private void remember(ReplicaSet replicaSet, boolean exists) {
    String uid = uid(replicaSet);
    if (!exists) {
      deletedReplicaSets.add(uid);
      removeWithoutPods(uid);
    } else if (replicaSets.put(uid, replicaSet) == null) {
      podsOf(uid).forEach(pod -> timeline.lane(lane(pod)));
    }
  }

  /** Keeps a deleted ReplicaSet until its pods ended: it links them to their Deployment. */
  private void removeWithoutPods(String replicaSet) {
    if (deletedReplicaSets.contains(replicaSet) && podsOf(replicaSet).findAny().isEmpty()) {
      deletedReplicaSets.remove(replicaSet);
      replicaSets.remove(replicaSet);
    }
  }

  private Stream<Pod> podsOf(String controller) {
    return pods.values().stream()
        .filter(
            pod ->
                Owners.controller(pod)
                    .filter(owner -> owner.getUid().equals(controller))
                    .isPresent());
  }

  synchronized void service(Delta<Service> delta) {
    if (delta.after().isPresent()) {
      Service service = delta.after().get();
      services.put(uid(service), service);
      timeline.lane(Owners.lane(service));
      if (slicesListed && delta.before().isEmpty() && delta.fromWatch()) {
        endpoints.put(uid(service), ServiceEndpoints.none());
        publish(EndpointMoments.created(service), delta);
      }
      publishEarly(uid(service));
      updateEndpoints(service, delta);
    } else {
      Service service = delta.before().orElseThrow();
      services.remove(uid(service));
      ServiceEndpoints last = endpoints.remove(uid(service));
      if (last != null) {
        publish(EndpointMoments.between(service, last, ServiceEndpoints.none()), delta);
      }
      timeline.gone(uid(service));
    }
  }

  /** Processes an EndpointSlice of version v1 or v1beta1. */
  synchronized void slice(Delta<? extends HasMetadata> delta) {
    HasMetadata slice = delta.after().isPresent() ? delta.after().get() : delta.before().get();
    Map<String, String> labels = slice.getMetadata().getLabels();
    String name = labels == null ? null : labels.get(SERVICE_NAME);
    if (name == null) {
      return;
    }
    Map<String, HasMetadata> ofService = slices.computeIfAbsent(name, first -> new HashMap<>());
    if (delta.after().isPresent()) {
      ofService.put(uid(slice), slice);
    } else {
      ofService.remove(uid(slice));
      slices.remove(name, Map.of());
    }
    List.copyOf(services.values()).stream()
        .filter(service -> service.getMetadata().getName().equals(name))
        .forEach(service -> updateEndpoints(service, delta));
  }

  /** Before the first list, a Service without slices can still get some. */
  synchronized void slicesListed() {
    slicesListed = true;
    Delta<Service> none = new Delta<>(Optional.empty(), Optional.empty(), false);
    List.copyOf(services.values()).forEach(service -> updateEndpoints(service, none));
  }

  private void updateEndpoints(Service service, Delta<?> cause) {
    if (!slicesListed) {
      return;
    }
    ServiceEndpoints now = endpoints(service.getMetadata().getName());
    ServiceEndpoints before = endpoints.put(uid(service), now);
    publish(
        before == null
            ? EndpointMoments.rebuilt(service, now)
            : EndpointMoments.between(service, before, now),
        cause);
  }

  private ServiceEndpoints endpoints(String service) {
    List<EndpointSlice> v1 = new ArrayList<>();
    List<io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice> v1beta1 =
        new ArrayList<>();
    for (HasMetadata slice : slices.getOrDefault(service, Map.of()).values()) {
      if (slice instanceof EndpointSlice newer) {
        v1.add(newer);
      } else if (slice
          instanceof io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice older) {
        v1beta1.add(older);
      }
    }
    return v1beta1.isEmpty() ? ServiceEndpoints.ofV1(v1) : ServiceEndpoints.ofV1beta1(v1beta1);
  }

  private void redirectEvents(String uid, String lane) {
    if (!uid.equals(lane)) {
      lanes.put(uid, lane);
      publishEarly(uid);
    }
  }

  private void publish(List<Observed> moments, Delta<?> cause) {
    for (Observed moment : moments) {
      boolean approximate = outage || !cause.fromWatch();
      publish(approximate && !moment.approximate() ? moment.asApproximate() : moment);
    }
  }

  private void publish(Observed moment) {
    String lane = lanes.getOrDefault(moment.lane(), moment.lane());
    if (timeline.has(lane)) {
      timeline.add(moment.in(lane));
    } else {
      Instant now = timeline.now();
      early.values().removeIf(one -> one.since().isBefore(now.minus(Timeline.WINDOW)));
      List<Observed> waiting =
          early.computeIfAbsent(lane, first -> new Early(now, new ArrayList<>())).moments();
      if (waiting.size() < MOST_EARLY_OF_ONE) {
        waiting.add(moment);
      }
    }
  }

  private void publishEarly(String uid) {
    Early waiting = early.remove(uid);
    if (waiting != null) {
      waiting.moments().forEach(this::publish);
    }
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
