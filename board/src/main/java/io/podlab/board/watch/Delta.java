package io.podlab.board.watch;

import java.util.Optional;

/**
 * Two successive states of an object.
 *
 * @param before empty for a new object
 * @param after empty for a deleted object
 * @param fromWatch whether a watch reported the change; otherwise a list shows it
 */
record Delta<T>(Optional<T> before, Optional<T> after, boolean fromWatch) {
  /** Whether the object already existed when the watch started. */
  boolean existedBeforeWatch() {
    return before.isEmpty() && !fromWatch;
  }
}
