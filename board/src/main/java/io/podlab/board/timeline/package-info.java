/**
 * Keeps lanes and moments, in order and within limits, and serves them as a table, a stream and a
 * recording.
 */
package io.podlab.board.timeline;
