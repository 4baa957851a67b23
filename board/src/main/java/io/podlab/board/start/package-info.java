/** Starts the service, or refuses to, with one line that says why. */
package io.podlab.board.start;
