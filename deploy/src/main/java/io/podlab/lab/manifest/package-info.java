/** {@code lab manifests}: updates deploy/generated from the builds of the services. */
package io.podlab.lab.manifest;
