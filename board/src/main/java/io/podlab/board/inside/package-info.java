/**
 * Reads what demo-app and probe-target report about themselves, for a second row under their pod.
 */
package io.podlab.board.inside;
