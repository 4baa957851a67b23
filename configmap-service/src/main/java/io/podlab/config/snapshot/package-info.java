/** All keys and values at one moment, and their revision. */
package io.podlab.config.snapshot;
