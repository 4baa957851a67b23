package io.podlab.board.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a client that follows is told every second, as the event {@code time}.
 *
 * @param now by the API server's clock; of a recording its end
 * @param from the oldest time that the board knows of
 * @param seenFrom from when on the board saw what happened; left out if a recording does not say it
 * @param dropped how many moments have fallen out
 * @param title what is shown
 * @param live whether a cluster is watched, and not a recording shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Status(
    Instant now, Instant from, Instant seenFrom, long dropped, String title, boolean live) {}
