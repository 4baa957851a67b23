package io.podlab.config.source;

import java.time.Instant;
import java.util.Optional;

/**
 * A reading and its age.
 *
 * @param confirmedAt when the source last answered; absent if it never did
 */
public record ReadResult(Reading reading, Optional<Instant> confirmedAt) {}
