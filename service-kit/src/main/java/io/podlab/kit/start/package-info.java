/** Starts a service, or refuses to, with one line that says why. */
package io.podlab.kit.start;
