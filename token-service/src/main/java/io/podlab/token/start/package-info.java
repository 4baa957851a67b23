/** Starts the service. */
package io.podlab.token.start;
