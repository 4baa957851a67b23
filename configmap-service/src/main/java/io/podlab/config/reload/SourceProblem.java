package io.podlab.config.reload;

import java.time.Instant;

/** Why what is in effect may not be what the source would give, and since when. */
public record SourceProblem(Instant when, String why) {}
