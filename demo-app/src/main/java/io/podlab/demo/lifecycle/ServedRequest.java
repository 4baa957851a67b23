package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that is over.
 *
 * @param number of this process' requests, in the order of their ends
 * @param at when it ended
 * @param path without the query, where secrets may be; at most {@value LastRequests#LONGEST_PATH}
 *     characters
 * @param status absent if the client went away before the answer was complete
 * @param client the address at the other end of the connection
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServedRequest(
    long number, Instant at, String method, String path, Optional<Integer> status, String client) {}
