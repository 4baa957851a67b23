package io.podlab.board.moment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A moment of a pod, with the state that it usually leads to.
 *
 * @param leadsTo empty if the moment does not change the state
 */
record Step(Observed observed, Optional<PodState> leadsTo) {
  static Step to(PodState state, Observed observed) {
    return new Step(observed, Optional.of(state));
  }

  static Step only(Observed observed) {
    return new Step(observed, Optional.empty());
  }

  /** Sorts by API time; a step without a time stays behind its predecessor. */
  static List<Step> inOrder(List<Step> steps) {
    record Timed(Instant time, Step step) {}
    List<Timed> timed = new ArrayList<>();
    Instant last = Instant.MIN;
    for (Step step : steps) {
      last = step.observed().apiTime().orElse(last);
      timed.add(new Timed(last, step));
    }
    timed.sort(Comparator.comparing(Timed::time));
    return timed.stream().map(Timed::step).toList();
  }

  /**
   * The moments with the states that the pod enters. If one update has several moments, the pod
   * passes through the state of each. Moments after the one that leads to the final state do not
   * change it.
   *
   * @param change the moment for the final state if no step leads to it
   */
  static List<Observed> entering(
      Optional<PodState> from, List<Step> steps, PodState to, Observed change) {
    int end = -1;
    for (int at = 0; at < steps.size(); at++) {
      if (steps.get(at).leadsTo().equals(Optional.of(to))) {
        end = at;
      }
    }
    boolean stays = from.equals(Optional.of(to));
    int last = end >= 0 ? end : stays ? -1 : steps.size() - 1;
    Optional<PodState> state = from;
    List<Observed> moments = new ArrayList<>();
    for (int at = 0; at < steps.size(); at++) {
      Step step = steps.get(at);
      boolean enters = at <= last && step.leadsTo().isPresent() && !step.leadsTo().equals(state);
      if (enters) {
        state = step.leadsTo();
        moments.add(step.observed().entering(state.get()));
      } else {
        moments.add(step.observed());
      }
    }
    if (!state.equals(Optional.of(to))) {
      moments.add(change.entering(to));
    }
    return moments;
  }
}
