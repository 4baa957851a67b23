package io.podlab.config.source;

import java.time.Duration;

/** One place that configuration comes from. Called by one thread at a time. */
public interface Source extends AutoCloseable {
  SourceName name();

  /** Where it is, for a person: a path, {@code namespace/name}. */
  String origin();

  /** How it reloads, or why it does not. */
  String reloads();

  /** Whether something is at work that notices a change. */
  boolean watching();

  /** What it holds; costs little while nothing changes, and then gives the same reading again. */
  Look look();

  /** What it holds, asked anew whatever is known. */
  Look read();

  /** Whether it asks anew by itself, because that takes its time. */
  default boolean refreshesItself() {
    return false;
  }

  /** How often everything is to be asked anew. */
  default void refreshEvery(Duration refresh) {}

  @Override
  default void close() {}
}
