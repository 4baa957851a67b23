/** Durations in the syntax of the Kubernetes tools, which is Go's. */
package io.podlab.kit.duration;
