/** Parses the command line and starts the service. */
package io.podlab.probe.start;
