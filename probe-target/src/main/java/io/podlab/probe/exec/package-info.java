/** Files for exec probes, which exist while the state of their probe is ok. */
package io.podlab.probe.exec;
