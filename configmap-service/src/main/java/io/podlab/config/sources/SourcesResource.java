package io.podlab.config.sources;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

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

  private final Reloader reloader;
  private final Clock clock;
  private final AtomicInteger streams = new AtomicInteger();

  SourcesResource(Reloader reloader, Clock clock) {
    this.reloader = reloader;
    this.clock = clock;
  }

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
  public Comparison sources() {
    return Comparison.of(
        reloader.sightings(), reloader.active(), reloader.state(), clock.instant());
  }

  @GET
  @Path("stream")
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
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
  public Multi<Comparison> stream() {
    if (streams.incrementAndGet() > MOST_STREAMS) {
      streams.decrementAndGet();
      throw new ProblemException(Problem.of(503, MOST_STREAMS + " follow already; no more can"));
    }
    return Multi.createFrom()
        .ticks()
        .every(INTERVAL)
        .onOverflow()
        .drop()
        .select()
        .first(tick -> !reloader.hasEnded())
        .map(tick -> sources())
        .onTermination()
        .invoke(streams::decrementAndGet);
  }
}
