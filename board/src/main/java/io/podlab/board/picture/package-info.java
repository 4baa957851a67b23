/** Draws the timeline as a standalone SVG file. */
package io.podlab.board.picture;
