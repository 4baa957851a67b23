package io.podlab.board.watch;

import io.fabric8.kubernetes.api.model.Pod;

/** Gets each state of each pod, after its moments are in the timeline. Must not block. */
public interface PodListener {
  void changed(Pod pod);

  void gone(Pod pod);
}
