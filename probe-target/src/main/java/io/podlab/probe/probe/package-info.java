/** The three probes: what each answers now, and who has asked. */
package io.podlab.probe.probe;
