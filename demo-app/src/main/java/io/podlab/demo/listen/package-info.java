/**
 * Takes over the socket that listens since the start of the container: connections during the start
 * wait, and are not refused. See docs/adr/0006.
 */
package io.podlab.demo.listen;
