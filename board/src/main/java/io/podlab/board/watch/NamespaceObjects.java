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
 * Puts what the informers of a namespace tell into the timeline: lanes first, then the moments of
 * each change. It has no connection to a cluster.
 */
final class NamespaceObjects {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /** Of how many objects that are not known yet the Events are kept. */
  private static final int MOST_EARLY = 1_000;

  private static final int MOST_EARLY_OF_ONE = 50;

  private final Timeline timeline;
  private final List<PodListener> listeners;

  /** While it is, all that is told happened at some time in the gap. */
  private boolean blind;

  private final Map<String, Pod> pods = new HashMap<>();
  private final Map<String, ReplicaSet> replicaSets = new HashMap<>();
  private final Set<String> deletedReplicaSets = new HashSet<>();
  private final Map<String, Service> services = new HashMap<>();

  /** By the name of their Service, then their UID. */
  private final Map<String, Map<String, HasMetadata>> slices = new HashMap<>();

  private boolean slicesListed;

  /** By the Service's UID. */
  private final Map<String, ServiceEndpoints> endpoints = new HashMap<>();

  /** The lane for the Events of what has none of its own: static pods, ReplicaSets. */
  private final Map<String, String> lanes = new HashMap<>();

  /** Events that came before their object. */
  private final Map<String, Early> early =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Early> eldest) {
          return size() > MOST_EARLY;
        }
      };

  /**
   * @param since when the first of them came
   */
  private record Early(Instant since, List<Observed> moments) {}

  NamespaceObjects(Timeline timeline, List<PodListener> listeners) {
    this.timeline = timeline;
    this.listeners = listeners;
  }

  synchronized void blind(boolean now) {
    blind = now;
  }

  synchronized void pod(Delta<Pod> delta) {
    if (delta.after().isPresent()) {
      Pod pod = delta.after().get();
      String uid = uid(pod);
      pods.put(uid, pod);
      replacesLane(PodMoments.eventUid(pod), uid);
      timeline.lane(lane(pod));
      tell(
          delta.isFirstSight()
              ? PodMoments.rebuilt(pod)
              : PodMoments.between(delta.before(), delta.after()),
          delta);
      tellEarly(uid);
      listeners.forEach(listener -> listener.changed(pod));
    } else {
      Pod pod = delta.before().orElseThrow();
      String uid = uid(pod);
      tell(PodMoments.between(delta.before(), Optional.empty()), delta);
      pods.remove(uid);
      Owners.controller(pod).ifPresent(owner -> forgetWithoutPods(owner.getUid()));
      lanes.remove(PodMoments.eventUid(pod), uid);
      timeline.gone(uid);
      listeners.forEach(listener -> listener.gone(pod));
    }
  }

  private Lane lane(Pod pod) {
    return Owners.lane(pod, uid -> Optional.ofNullable(replicaSets.get(uid)));
  }

  synchronized void event(Delta<Event> delta) {
    // That an Event is removed after an hour says nothing.
    delta
        .after()
        .ifPresent(
            event ->
                tell(
                    delta.isFirstSight()
                        ? EventMoments.rebuilt(event)
                        : EventMoments.between(delta.before(), event),
                    delta));
  }

  /** A Deployment, StatefulSet, DaemonSet, Job or ReplicaSet. */
  synchronized void workload(Delta<? extends HasMetadata> delta) {
    HasMetadata workload = delta.after().isPresent() ? delta.after().get() : delta.before().get();
    String uid = uid(workload);
    Optional<String> owner = Owners.controller(workload).map(one -> one.getUid());
    if (workload instanceof ReplicaSet replicaSet) {
      know(replicaSet, delta.after().isPresent());
      if (owner.isPresent()) {
        if (delta.after().isPresent()) {
          replacesLane(uid, owner.get());
        } else {
          lanes.remove(uid);
        }
        return;
      }
    }
    if (delta.after().isPresent()) {
      timeline.lane(Owners.lane(workload));
    }
    tell(
        delta.isFirstSight()
            ? WorkloadMoments.rebuilt(workload)
            : WorkloadMoments.between(
                delta.before().map(HasMetadata.class::cast),
                delta.after().map(HasMetadata.class::cast)),
        delta);
    tellEarly(uid);
    if (delta.after().isEmpty()) {
      timeline.gone(uid);
    }
  }

  /** Its pods may have come before it. */
  private void know(ReplicaSet replicaSet, boolean there) {
    String uid = uid(replicaSet);
    if (!there) {
      deletedReplicaSets.add(uid);
      forgetWithoutPods(uid);
    } else if (replicaSets.put(uid, replicaSet) == null) {
      podsOf(uid).forEach(pod -> timeline.lane(lane(pod)));
    }
  }

  /** A Deployment is deleted before its pods have ended; until then it remains their owner. */
  private void forgetWithoutPods(String replicaSet) {
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
      if (slicesListed && delta.before().isEmpty() && delta.told()) {
        endpoints.put(uid(service), ServiceEndpoints.none());
        tell(EndpointMoments.created(service), delta);
      }
      tellEarly(uid(service));
      look(service, delta);
    } else {
      Service service = delta.before().orElseThrow();
      services.remove(uid(service));
      ServiceEndpoints last = endpoints.remove(uid(service));
      if (last != null) {
        tell(EndpointMoments.between(service, last, ServiceEndpoints.none()), delta);
      }
      timeline.gone(uid(service));
    }
  }

  /** An EndpointSlice of either version. */
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
        .forEach(service -> look(service, delta));
  }

  /** Before that, a Service without slices cannot be told from one whose slices are to come. */
  synchronized void slicesListed() {
    slicesListed = true;
    Delta<Service> none = new Delta<>(Optional.empty(), Optional.empty(), false);
    List.copyOf(services.values()).forEach(service -> look(service, none));
  }

  private void look(Service service, Delta<?> cause) {
    if (!slicesListed) {
      return;
    }
    ServiceEndpoints now = endpoints(service.getMetadata().getName());
    ServiceEndpoints before = endpoints.put(uid(service), now);
    tell(
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

  private void replacesLane(String uid, String lane) {
    if (!uid.equals(lane)) {
      lanes.put(uid, lane);
      tellEarly(uid);
    }
  }

  private void tell(List<Observed> moments, Delta<?> cause) {
    for (Observed moment : moments) {
      boolean rough = blind || !cause.told();
      tell(rough && !moment.approximate() ? moment.roughly() : moment);
    }
  }

  private void tell(Observed moment) {
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

  private void tellEarly(String uid) {
    Early waiting = early.remove(uid);
    if (waiting != null) {
      waiting.moments().forEach(this::tell);
    }
  }

  private static String uid(HasMetadata object) {
    return object.getMetadata().getUid();
  }
}
