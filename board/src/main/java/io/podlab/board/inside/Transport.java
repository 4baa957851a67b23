package io.podlab.board.inside;

import java.util.Map;
import java.util.Optional;

/** A way to a program. */
interface Transport {
  /** Asks for a path with GET. The answer is told on any thread, one call after the other. */
  Connection get(Run run, String path, Map<String, String> headers, Answer answer);

  /** Whether a {@code Date} that comes with an answer is always the program's own. */
  boolean passesNoOtherDate();

  /** An answer that may go on for as long as the program lives. */
  interface Connection {
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
