package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * The data of the event {@code time}, which a client of the stream gets every second.
 *
 * @param now by the API server's clock; for a recording, its end
 * @param from the oldest time that the board keeps
 * @param seenFrom since when the board watches; absent if a recording does not contain it
 * @param dropped the number of dropped moments
 * @param title the title of the page
 * @param live true for a cluster, false for a recording
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
    Instant now, Instant from, Instant seenFrom, long dropped, String title, boolean live) {}
