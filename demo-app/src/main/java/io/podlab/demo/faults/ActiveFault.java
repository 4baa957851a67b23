package io.podlab.demo.faults;

import java.time.Instant;

/**
 * A fault that goes on.
 *
 * @param detail for a person, for example {@code 200Mi}
 * @param until when it ends by itself
 */
public record ActiveFault(FaultName fault, String detail, Instant since, Instant until) {}
