package io.podlab.board.inside;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A way to a program. */
interface Transport {
  /**
   * Asks for a path with GET. The answer is told on any thread, one call after the other.
   *
   * @param patience how long the answer may take to begin
   */
  Connection get(
      Run run, String path, Map<String, String> headers, Duration patience, Answer answer);

  /** Whether all of an answer is the program's own: its {@code Date}, and a refusal. */
  boolean isDirect();

  /** An answer that may go on for as long as the program lives. */
  interface Connection {
    /** The end is told when the connection is closed, which may be when the patience ends. */
    void cancel();
  }

  /** Is told of an answer as it comes. */
  interface Answer {
    void head(int status, Optional<String> date);

    /**
     * @param more to be called when these bytes are dealt with; until then no others come
     */
    void chunk(byte[] bytes, Runnable more);

    /** Nothing more comes; without a head before it, there was no answer. */
    void end();
  }
}
