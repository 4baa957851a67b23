package io.podlab.config.delivery;

import io.smallrye.mutiny.Multi;

/**
 * A stream of server-sent events, of which each client has one under way, and the next when it
 * asks.
 */
record Events(Multi<Body> bodies) {}
