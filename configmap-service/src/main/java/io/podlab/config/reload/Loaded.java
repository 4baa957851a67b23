package io.podlab.config.reload;

import io.podlab.config.snapshot.Snapshot;
import java.time.Instant;

/** A snapshot, and when it took effect. */
record Loaded(Snapshot snapshot, Instant at) {}
