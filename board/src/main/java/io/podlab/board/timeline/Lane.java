package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.board.moment.PodState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An object that has moments: a pod, a Service, a workload, or the board itself for a namespace.
 *
 * @param uid the object's UID; two pods of the same name have two lanes
 * @param kind {@code Pod}, {@code Service}, {@code Deployment}, {@code StatefulSet}, {@code
 *     DaemonSet}, {@code Job}, {@code ReplicaSet} (without a Deployment) or {@code Board}
 * @param owner of a pod: the workload that it belongs to, for example {@code Deployment/web}, or
 *     {@code Node/node1} for a static pod; left out for a pod on its own
 * @param labels the object's labels, 200 at most
 * @param node of a pod: where it runs
 * @param program of a pod: {@code demo-app} or {@code probe-target} if it runs one of them, and so
 *     may have a second row
 * @param state of a pod: what it was before the oldest moment that is given with it; left out if
 *     nothing is known from before. A client of a stream that has the lane already keeps its own.
 * @param endpoints of a Service: the endpoints before the oldest moment that is given with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lane(
    String uid,
    String kind,
    String namespace,
    String name,
    String owner,
    Map<String, String> labels,
    String node,
    String program,
    PodState state,
    List<String> endpoints)
    implements Change {
  static final int MOST_LABELS = 200;

  public Lane {
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    endpoints = endpoints == null ? null : List.copyOf(endpoints);
  }

  /** The UID of the lane for what the board has to say of a namespace. */
  public static String ofBoard(String namespace) {
    return "board/" + namespace;
  }

  /** The same with no more labels than a recording may have. */
  Lane bounded() {
    if (labels.size() <= MOST_LABELS) {
      return this;
    }
    Map<String, String> first =
        labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .limit(MOST_LABELS)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new Lane(uid, kind, namespace, name, owner, first, node, program, state, endpoints);
  }

  boolean isPod() {
    return kind.equals("Pod");
  }

  /** What it is once this moment of it is no longer given with it. */
  Lane after(Moment moment) {
    return with(
        moment.state() == null ? state : moment.state(),
        moment
            .endpointsAfter(endpoints == null ? List.of() : endpoints)
            .map(List::copyOf)
            .orElse(endpoints));
  }

  /** The same object, of which something else was known from before. */
  Lane with(PodState otherState, List<String> otherEndpoints) {
    return new Lane(
        uid, kind, namespace, name, owner, labels, node, program, otherState, otherEndpoints);
  }
}
