/** Records the lifecycle of this pod as a timeline: start, probes, hooks, signals and requests. */
package io.podlab.demo.lifecycle;
