package io.podlab.board.timeline;

/** A change that a client of the stream gets: a new or changed lane, or a moment. */
sealed interface Change permits Lane, Moment {}
