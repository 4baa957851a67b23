/**
 * What is kept: the lanes and their moments, in order and bounded; as a table, a stream and a
 * recording.
 */
package io.podlab.board.timeline;
