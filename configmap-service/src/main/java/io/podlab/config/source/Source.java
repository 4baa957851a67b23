package io.podlab.config.source;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A place that provides configuration. One thread at a time calls it. */
public interface Source extends AutoCloseable {
  SourceName name();

  /** Where the source is, for the user: a path, or {@code namespace/name}. */
  String origin();

  /** How the source reloads, or why it does not. */
  String reloads();

  /** Whether the service notices a change of the source. */
  boolean watching();

  /** The content. Cheap while nothing changes; then it returns the same reading object again. */
  ReadResult look();

  /**
   * The content, read again. A source that can take long returns its last answer instead; {@link
   * #ask} gets a new one.
   */
  ReadResult read();

  /**
   * Requests a new answer from a source that can take long, on a thread of the source. Completes
   * with the answer.
   */
  default CompletableFuture<Void> ask() {
    return CompletableFuture.completedFuture(null);
  }

  /** Sets the interval between full readings. */
  default void refreshEvery(Duration refresh) {}

  @Override
  default void close() {}
}
