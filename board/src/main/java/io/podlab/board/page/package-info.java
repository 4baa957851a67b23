/** Serves the live page, which also plays recordings. */
package io.podlab.board.page;
