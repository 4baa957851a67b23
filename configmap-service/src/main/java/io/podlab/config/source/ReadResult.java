package io.podlab.config.source;

import java.time.Instant;
import java.util.Optional;

/**
 * A reading and its age.
 *
 * @param confirmedAt when this was last known to be what the source holds; absent if it never was
 */
public record ReadResult(Reading reading, Optional<Instant> confirmedAt) {}
