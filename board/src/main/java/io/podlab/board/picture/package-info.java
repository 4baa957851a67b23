/** The drawing as one SVG file that needs nothing else. */
package io.podlab.board.picture;
