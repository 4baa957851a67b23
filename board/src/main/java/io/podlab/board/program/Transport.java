package io.podlab.board.program;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends requests to programs. */
interface Transport {
  /**
   * Sends a GET request. Calls to {@code answer} come from any thread, one at a time.
   *
   * @param patience the maximum time until the answer starts
   */
  Connection get(
      Run run, String path, Map<String, String> headers, Duration patience, Answer answer);

  /** Whether the whole answer comes from the program, including {@code Date} and errors. */
  boolean isDirect();

  /** A request whose answer can last as long as the program runs. */
  interface Connection {
    /** Closes the connection; {@link Answer#end} follows, possibly when the patience ends. */
    void cancel();
  }

  /** Receives an answer in parts. */
  interface Answer {
    void head(int status, Optional<String> date);

    /**
     * @param more requests the next bytes
     */
    void chunk(byte[] bytes, Runnable more);

    /** The answer ended; without a head, there was no answer. */
    void end();
  }
}
