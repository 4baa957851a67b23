package io.podlab.demo.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * A request that has ended.
 *
 * @param number number of the request in this process, in the order of their ends
 * @param at time of its end
 * @param path without the query, which can contain secrets; at most {@value
 *     LastRequests#LONGEST_PATH} characters
 * @param status absent if the client disconnected before the answer was complete
 * @param client the peer address of the connection
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ServedRequest(
    long number, Instant at, String method, String path, Optional<Integer> status, String client) {}
