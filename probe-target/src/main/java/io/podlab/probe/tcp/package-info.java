/** Probes over TCP: a port that is open while the probe is well. */
package io.podlab.probe.tcp;
