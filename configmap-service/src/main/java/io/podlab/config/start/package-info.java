/** Starts the service, or refuses to start with one line that says why. */
package io.podlab.config.start;
