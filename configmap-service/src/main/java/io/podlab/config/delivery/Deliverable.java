package io.podlab.config.delivery;

/** An entity that {@link DeliveryWriter} writes. */
sealed interface Deliverable permits Answer, Streams.Events {}
