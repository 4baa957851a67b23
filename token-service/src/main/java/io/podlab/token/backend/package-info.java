/** Selects the backend: Secrets of a cluster, or a file. */
package io.podlab.token.backend;
