/** Probes by command: files that are there while their probe is well. */
package io.podlab.probe.exec;
