/** Runs other programs: Maven, podman, kubectl, the services. */
package io.podlab.lab.process;
