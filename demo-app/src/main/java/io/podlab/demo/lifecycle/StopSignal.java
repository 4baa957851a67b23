package io.podlab.demo.lifecycle;

/**
 * The CDI event of a process that was told to stop: fired once, before anything else changes, on
 * the thread that then waits for the requests in flight.
 *
 * @param signal {@code SIGTERM} or {@code SIGINT}
 */
public record StopSignal(String signal) {}
