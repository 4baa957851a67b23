package io.podlab.demo.faults;

import java.time.Instant;

/**
 * A fault that is active.
 *
 * @param detail readable description, for example {@code 200Mi}
 * @param until when the fault ends by itself
 */
public record ActiveFault(FaultName fault, String detail, Instant since, Instant until) {}
