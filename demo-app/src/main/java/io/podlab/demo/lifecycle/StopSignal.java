package io.podlab.demo.lifecycle;

/**
 * CDI event for SIGTERM or SIGINT. It is fired once, before anything else changes, on the thread
 * that then waits for the requests in flight.
 *
 * @param signal {@code SIGTERM} or {@code SIGINT}
 */
public record StopSignal(String signal) {}
