/** Reads the reports of demo-app and probe-target, for a second row under their pod. */
package io.podlab.board.program;
