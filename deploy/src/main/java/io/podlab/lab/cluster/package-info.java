/** The services on a Kubernetes cluster, by way of the user's own kubectl. */
package io.podlab.lab.cluster;
