/** Runs other programs, such as Maven, podman, kubectl and the services. */
package io.podlab.lab.process;
