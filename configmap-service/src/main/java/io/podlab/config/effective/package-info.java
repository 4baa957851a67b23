/** Answers about the configuration in effect: the current one, the next one, and the history. */
package io.podlab.config.effective;
