package io.podlab.demo.load;

/** Sends requests over connections. */
interface Sender {
  /**
   * Sends one request, without retries, so that each failure is visible.
   *
   * @throws NotSent if no connection became free in time
   * @throws RequestFailure if no answer arrives in time
   */
  Answer send() throws NotSent, RequestFailure, InterruptedException;

  /** Closes all open connections. */
  default void close() {}
}
