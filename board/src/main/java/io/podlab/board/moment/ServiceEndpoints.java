package io.podlab.board.moment;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The endpoints of a Service, from all its EndpointSlices. A pod is one endpoint, even with several
 * addresses (IPv4 and IPv6) or ports.
 *
 * @param endpoints by pod UID, or by address if there is no pod
 * @param changed the latest trigger time of a change in the slices, if they have one
 */
public record ServiceEndpoints(Map<String, Endpoint> endpoints, Optional<Instant> changed) {
  private static final String CHANGED = "endpoints.kubernetes.io/last-change-trigger-time";

  /**
   * @param name the pod name, or the address if there is no pod
   * @param ready whether it gets traffic
   * @param answersWhileTerminating serving and terminating: gets traffic only if no endpoint is
   *     ready (since Kubernetes 1.26)
   */
  public record Endpoint(
      String name, boolean ready, boolean answersWhileTerminating, boolean terminating) {
    /** Applies the API's defaults: ready, serving if ready, not terminating. */
    private static Endpoint of(String name, Boolean ready, Boolean serving, Boolean terminating) {
      boolean isReady = !Boolean.FALSE.equals(ready);
      boolean isServing = serving == null ? isReady : serving;
      boolean isTerminating = Boolean.TRUE.equals(terminating);
      return new Endpoint(name, isReady, isServing && isTerminating && !isReady, isTerminating);
    }

    private Endpoint and(Endpoint other) {
      return new Endpoint(
          name,
          ready || other.ready,
          answersWhileTerminating || other.answersWhileTerminating,
          terminating || other.terminating);
    }
  }

  public ServiceEndpoints {
    endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
  }

  public static ServiceEndpoints none() {
    return new ServiceEndpoints(Map.of(), Optional.empty());
  }

  public static ServiceEndpoints ofV1(Collection<EndpointSlice> slices) {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    for (EndpointSlice slice : slices) {
      for (var each : orNone(slice.getEndpoints())) {
        var is = Optional.ofNullable(each.getConditions());
        add(
            endpoints,
            each.getTargetRef(),
            each.getAddresses(),
            is.map(conditions -> conditions.getReady()).orElse(null),
            is.map(conditions -> conditions.getServing()).orElse(null),
            is.map(conditions -> conditions.getTerminating()).orElse(null));
      }
    }
    return new ServiceEndpoints(
        endpoints, changed(slices.stream().map(EndpointSlice::getMetadata)));
  }

  public static ServiceEndpoints ofV1beta1(
      Collection<io.fabric8.kubernetes.api.model.discovery.v1beta1.EndpointSlice> slices) {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    for (var slice : slices) {
      for (var each : orNone(slice.getEndpoints())) {
        var is = Optional.ofNullable(each.getConditions());
        add(
            endpoints,
            each.getTargetRef(),
            each.getAddresses(),
            is.map(conditions -> conditions.getReady()).orElse(null),
            is.map(conditions -> conditions.getServing()).orElse(null),
            is.map(conditions -> conditions.getTerminating()).orElse(null));
      }
    }
    return new ServiceEndpoints(
        endpoints, changed(slices.stream().map(slice -> slice.getMetadata())));
  }

  /** The sorted names of the endpoints that get traffic. */
  public List<String> ready() {
    return endpoints.values().stream()
        .filter(Endpoint::ready)
        .map(Endpoint::name)
        .sorted()
        .toList();
  }

  /** Whether no endpoint answers connections to the Service. */
  boolean isEmpty() {
    return endpoints.values().stream()
        .noneMatch(endpoint -> endpoint.ready() || endpoint.answersWhileTerminating());
  }

  /** The API writes an empty list as null. */
  private static <T> List<T> orNone(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static void add(
      Map<String, Endpoint> endpoints,
      ObjectReference target,
      List<String> addresses,
      Boolean ready,
      Boolean serving,
      Boolean terminating) {
    Optional<ObjectReference> pod =
        Optional.ofNullable(target).filter(reference -> reference.getName() != null);
    if (pod.isEmpty() && addresses.isEmpty()) {
      return;
    }
    String name = pod.map(ObjectReference::getName).orElseGet(() -> addresses.get(0));
    String key = pod.map(ObjectReference::getUid).orElse(name);
    endpoints.merge(key, Endpoint.of(name, ready, serving, terminating), Endpoint::and);
  }

  private static Optional<Instant> changed(Stream<ObjectMeta> slices) {
    return slices
        .flatMap(slice -> Optional.ofNullable(slice.getAnnotations()).stream())
        .flatMap(annotations -> ApiTime.parse(annotations.get(CHANGED)).stream())
        .max(Instant::compareTo);
  }
}
