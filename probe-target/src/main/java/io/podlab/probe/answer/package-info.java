/** Decides the answers of the three probes, and records their requests. */
package io.podlab.probe.answer;
