/** {@code /healthz}: well for ten seconds, then failing, for the kubelet to find out. */
package io.podlab.probe.healthz;
