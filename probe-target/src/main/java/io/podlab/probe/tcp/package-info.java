/** TCP probes: a port that is closed while the state is fail. */
package io.podlab.probe.tcp;
