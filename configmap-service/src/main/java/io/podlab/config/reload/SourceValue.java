package io.podlab.config.reload;

import java.time.Instant;

/**
 * A value in a source.
 *
 * @param since when the service first saw this value in the source
 */
public record SourceValue(String value, Instant since) {}
