package io.podlab.config.delivery;

/** What {@link DeliveryWriter} writes. */
sealed interface Deliverable permits Answer, Streams.Events {}
