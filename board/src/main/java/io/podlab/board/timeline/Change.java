package io.podlab.board.timeline;

/** What a client that follows is told: a lane that is new or has changed, or a moment. */
sealed interface Change permits Lane, Moment {}
