/** {@code lab manifests}: deploy/generated, from what the services' builds generate. */
package io.podlab.lab.manifest;
