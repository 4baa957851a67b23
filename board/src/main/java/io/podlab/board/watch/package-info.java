/**
 * Watches the cluster: one informer per kind of object and namespace, the API server's clock, and
 * when nothing could be seen.
 */
package io.podlab.board.watch;
