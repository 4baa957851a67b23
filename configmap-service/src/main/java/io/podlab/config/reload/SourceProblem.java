package io.podlab.config.reload;

import java.time.Instant;

/** Why the content of the active source is unknown or missing, and since when. */
public record SourceProblem(Instant when, String why) {}
