package io.podlab.config.reload;

import java.time.Instant;

/**
 * A value in a source.
 *
 * @param since when this service first saw it there
 */
public record SourceValue(String value, Instant since) {}
