package io.podlab.config.sources;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.delivery.Answer;
import io.podlab.config.delivery.Events;
import io.podlab.config.http.Problem;
import io.podlab.config.http.ProblemException;
import io.podlab.config.reload.Reloader;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /sources}; a browser gets the page instead. */
@Singleton
@Path("/sources")
@Tag(name = "sources", description = "All sources side by side")
public final class SourcesResource {
  static final int MOST_STREAMS = 100;

  /** After RequestHeaders, which makes text of the header that curl sends. */
  private static final int LATE = 900;

  private static final String STREAM = "/sources/stream";
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Who asks within that time of another gets the same answer. */
  private static final Duration SHARED = Duration.ofMillis(100);

  private final Reloader reloader;
  private final Clock clock;
  private final ObjectMapper mapper;
  private final AtomicInteger streams = new AtomicInteger();
  private Made made;

  SourcesResource(Reloader reloader, Clock clock, ObjectMapper mapper) {
    this.reloader = reloader;
    this.clock = clock;
    this.mapper = mapper;
  }

  private record Made(Instant at, Answer answer) {}

  void register(@Observes Filters filters) {
    filters.register(SourcesResource::acceptWhatThereIs, LATE);
  }

  private static void acceptWhatThereIs(RoutingContext context) {
    if (STREAM.equals(context.request().path())) {
      context.request().headers().set(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
    }
    context.next();
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "sources",
      summary = "Every key in every source",
      description =
          "For every key a row, for every source a column: the value, and since when it was seen"
              + " there; for every source its revision, how it reloads or why it does not, and how"
              + " far it is behind the API. A browser gets a page that shows the same live.")
  @APIResponse(
      responseCode = "200",
      description = "All sources side by side",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Comparison.class))
      })
  public Answer sources() {
    return noOlderThan(SHARED);
  }

  private synchronized Answer noOlderThan(Duration age) {
    Instant now = clock.instant();
    if (made == null
        || now.isBefore(made.at())
        || Duration.between(made.at(), now).compareTo(age) > 0) {
      made =
          new Made(
              now,
              new Answer(
                  Comparison.of(reloader.sightings(), reloader.active(), reloader.state(), now),
                  mapper));
    }
    return made.answer();
  }

  @GET
  @Path("stream")
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "sourcesStream",
      summary = "Every key in every source, every second",
      description = "Server-sent events, whatever Accept says; what the page shows.")
  @APIResponse(
      responseCode = "200",
      description = "A stream of it",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Comparison.class)))
  @APIResponse(responseCode = "503", description = "A hundred follow already")
  public Events stream() {
    if (streams.get() >= MOST_STREAMS) {
      throw new ProblemException(Problem.of(503, MOST_STREAMS + " follow already; no more can"));
    }
    return new Events(
        Multi.createFrom()
            .ticks()
            .every(INTERVAL)
            .onOverflow()
            .drop()
            .select()
            .first(tick -> !reloader.hasEnded())
            .map(tick -> noOlderThan(INTERVAL).event())
            .onSubscription()
            .invoke(streams::incrementAndGet)
            .onTermination()
            .invoke(streams::decrementAndGet));
  }
}
