/** A directory of configuration, read as one consistent whole. */
package io.podlab.config.snapshot;
