/** Derives moments from two successive states of an object, and from Events. */
package io.podlab.board.moment;
