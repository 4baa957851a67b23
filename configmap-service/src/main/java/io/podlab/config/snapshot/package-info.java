/** All keys and values of one moment, and their revision. */
package io.podlab.config.snapshot;
