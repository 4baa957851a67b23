package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.podlab.board.moment.PodState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An object with moments: a pod, a Service, a workload, or the board itself for a namespace.
 *
 * @param uid the object's UID; two pods of the same name have two lanes
 * @param kind {@code Pod}, {@code Service}, {@code Deployment}, {@code StatefulSet}, {@code
 *     DaemonSet}, {@code Job}, {@code ReplicaSet} (without a Deployment) or {@code Board}
 * @param owner of a pod: its workload, for example {@code Deployment/web}, or {@code Node/node1}
 *     for a static pod; absent if the pod has no owner
 * @param labels at most 200 labels of the object
 * @param node of a pod: the name of its node
 * @param program of a pod: {@code demo-app} or {@code probe-target} if it runs one of them, which
 *     can report moments
 * @param state of a pod: the state before the oldest moment in the same answer; absent if unknown.
 *     A client of the stream that already has the lane keeps its own value.
 * @param endpoints of a Service: the endpoints before the oldest moment in the same answer
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

  /** The UID of the lane for the board's own moments about a namespace. */
  public static String ofBoard(String namespace) {
    return "board/" + namespace;
  }

  /** A copy with at most {@value #MOST_LABELS} labels, the limit of a recording. */
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

  /** The lane after the timeline drops this moment: with the state that the moment led to. */
  Lane after(Moment moment) {
    return with(
        moment.state() == null ? state : moment.state(),
        moment
            .endpointsAfter(endpoints == null ? List.of() : endpoints)
            .map(List::copyOf)
            .orElse(endpoints));
  }

  /** A copy with another initial state. */
  Lane with(PodState otherState, List<String> otherEndpoints) {
    return new Lane(
        uid, kind, namespace, name, owner, labels, node, program, otherState, otherEndpoints);
  }
}
