/** Shows the probes, changes them, and lists their requests. */
package io.podlab.probe.control;
