package io.podlab.board.watch;

import java.util.Optional;

/**
 * Two successive states of an object.
 *
 * @param before empty if it is new
 * @param after empty if it is gone
 * @param told whether a watch told of it; else a list shows that it has changed meanwhile
 */
record Delta<T>(Optional<T> before, Optional<T> after, boolean told) {
  /** Whether it was there before it was watched. */
  boolean isFirstSight() {
    return before.isEmpty() && !told;
  }
}
