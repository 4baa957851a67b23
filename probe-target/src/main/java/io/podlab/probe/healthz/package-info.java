/** Probes over HTTP: {@code /healthz}, {@code /livez}, {@code /readyz}, {@code /startupz}. */
package io.podlab.probe.healthz;
