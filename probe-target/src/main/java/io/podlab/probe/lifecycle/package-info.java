/** Logs the start and the stop, and writes the termination message. */
package io.podlab.probe.lifecycle;
