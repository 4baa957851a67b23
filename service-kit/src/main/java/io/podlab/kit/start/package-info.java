/** Starts a service, or refuses to start it with one line that says why. */
package io.podlab.kit.start;
