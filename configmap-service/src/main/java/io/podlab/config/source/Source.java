package io.podlab.config.source;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
  ReadResult look();

  /**
   * What it holds, asked anew whatever is known; from a source that may take its time, what it has
   * said last.
   */
  ReadResult read();

  /**
   * Where {@link #read} does not ask anew, this does, on a thread of the source; it ends with the
   * answer.
   */
  default CompletableFuture<Void> ask() {
    return CompletableFuture.completedFuture(null);
  }

  /** How often everything is to be asked anew. */
  default void refreshEvery(Duration refresh) {}

  @Override
  default void close() {}
}
