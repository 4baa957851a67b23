/** Runs the services on a Kubernetes cluster with the user's own kubectl. */
package io.podlab.lab.cluster;
