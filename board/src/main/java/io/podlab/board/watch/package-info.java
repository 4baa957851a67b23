/**
 * Watches the cluster with one informer per namespace and kind of object, follows the API server's
 * clock, and detects outages.
 */
package io.podlab.board.watch;
