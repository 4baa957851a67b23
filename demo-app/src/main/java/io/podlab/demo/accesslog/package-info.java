/**
 * Logs one line per request to stdout, so that {@code kubectl logs} shows which pod gets the
 * traffic.
 */
package io.podlab.demo.accesslog;
