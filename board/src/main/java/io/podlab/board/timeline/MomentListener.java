package io.podlab.board.timeline;

/** Is told of each moment that is added. */
interface MomentListener {
  void added(Moment moment);
}
