package io.podlab.demo.load;

/** How a request gets to a server. */
interface Sender {
  /**
   * Sends one request, once: a failure is not hidden by a second try.
   *
   * @throws NotSent if all connections are in use for too long
   * @throws RequestFailure if no answer comes in time
   */
  Answer send() throws NotSent, RequestFailure, InterruptedException;

  /** Closes what is open. */
  default void close() {}
}
