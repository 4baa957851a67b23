/** Reloads: reads the sources, accepts or rejects a change, and keeps the history. */
package io.podlab.config.reload;
