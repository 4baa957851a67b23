/** Keeps the configuration current without a restart, and the last good one when that fails. */
package io.podlab.config.reload;
