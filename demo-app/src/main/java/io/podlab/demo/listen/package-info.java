/**
 * Takes over the socket that has listened since the container began: who connects while the service
 * starts waits for it, and is not refused. See docs/adr/0006.
 */
package io.podlab.demo.listen;
