/** What a trainer does live: look at the probes, change them, see who has asked. */
package io.podlab.probe.control;
