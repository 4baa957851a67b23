package io.podlab.board.timeline;

/** Gets each moment that the timeline adds. */
interface MomentListener {
  void added(Moment moment);
}
