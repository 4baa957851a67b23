package io.podlab.board.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a timeline that a client asks for.
 *
 * @param namespace only this namespace
 * @param pod only pods with this name, the Services that have them as endpoints, and interrupted
 *     watches
 * @param after only moments with a higher id
 * @param since only moments from this time on
 */
record Selection(
    Optional<String> namespace, Optional<String> pod, long after, Optional<Instant> since) {
  static final Selection ALL =
      new Selection(Optional.empty(), Optional.empty(), 0, Optional.empty());

  Selection after(long id) {
    return new Selection(namespace, pod, id, Optional.empty());
  }

  Selection since(Instant start) {
    return new Selection(namespace, pod, 0, Optional.of(start));
  }

  boolean has(Lane lane) {
    return namespace.map(lane.namespace()::equals).orElse(true)
        && (pod.isEmpty()
            || switch (lane.kind()) {
              case "Pod" -> lane.name().equals(pod.get());
              case "Service", "Board" -> true;
              default -> false;
            });
  }

  boolean has(Moment moment) {
    return isWanted(moment) && isNew(moment);
  }

  private boolean isWanted(Moment moment) {
    return namespace.map(moment.namespace()::equals).orElse(true)
        && (pod.isEmpty()
            || moment.object().equals("Pod/" + pod.get())
            || moment.object().startsWith("Service/") && pod.get().equals(moment.endpoint())
            || moment.object().startsWith("Board/"));
  }

  private boolean isNew(Moment moment) {
    return moment.id() > after && since.map(start -> !moment.time().isBefore(start)).orElse(true);
  }

  /** The selected part of a recording; the lanes get the states that earlier moments led to. */
  Recording of(Recording all) {
    Map<String, Lane> lanes = new LinkedHashMap<>();
    all.lanes().stream().filter(this::has).forEach(lane -> lanes.put(lane.uid(), lane));
    List<Moment> moments = new ArrayList<>();
    for (Moment moment : all.moments()) {
      if (!isNew(moment)) {
        lanes.computeIfPresent(moment.lane(), (uid, lane) -> lane.after(moment));
      } else if (isWanted(moment)) {
        moments.add(moment);
      }
    }
    return new Recording(
        all.format(),
        all.title(),
        all.from(),
        all.to(),
        all.seenFrom(),
        all.dropped(),
        List.copyOf(lanes.values()),
        moments);
  }
}
