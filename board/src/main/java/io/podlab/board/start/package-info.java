/** Starts the service, or exits with one line that says why it cannot start. */
package io.podlab.board.start;
