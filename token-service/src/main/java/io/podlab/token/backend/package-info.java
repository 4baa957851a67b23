/** The choice between the backends, and what a client is told when the chosen one is away. */
package io.podlab.token.backend;
