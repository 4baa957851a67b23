package io.podlab.config.comparison;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.delivery.Answer;
import io.podlab.config.delivery.Latest;
import io.podlab.config.delivery.Streams;
import io.podlab.config.reload.Reloader;
import io.podlab.config.reload.SourceStatus;
import io.podlab.config.reload.State;
import io.podlab.config.source.Reading;
import io.podlab.kit.page.Page;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /sources}, as text, as JSON, or as a page for browsers. */
@Singleton
@Path("/sources")
@Tag(name = "sources", description = "All sources side by side")
public final class SourcesResource {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Clients that ask within the same 100 ms share one answer. */
  private static final long SHARED_MILLISECONDS = 100;

  private final Page page = Page.read("sources.html", SourcesResource.class);
  private final Reloader reloader;
  private final Clock clock;
  private final ObjectMapper mapper;
  private final Streams streams;
  private final Latest<Moment, Answer> latest = new Latest<>();

  SourcesResource(Reloader reloader, Clock clock, ObjectMapper mapper, Streams streams) {
    this.reloader = reloader;
    this.clock = clock;
    this.mapper = mapper;
    this.streams = streams;
  }

  /** Everything that an answer depends on. */
  private record Moment(long tick, State state, List<Reading> readings) {}

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "sources",
      summary = "Compare all sources",
      description =
          "One row for each key, one column for each source. Each cell has the value and the time"
              + " at which the service first saw it there. Each source has its revision, how it"
              + " reloads or why it does not, and its lag behind the API. A browser gets a page that"
              + " shows the same and updates every second.")
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
    return now();
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response page() {
    Response.ResponseBuilder answer = Response.ok(now());
    page.headers().forEach(answer::header);
    return answer.build();
  }

  private Answer now() {
    Instant now = clock.instant();
    State state = reloader.state();
    List<SourceStatus> statuses = reloader.statuses();
    List<Reading> readings = statuses.stream().map(one -> one.reading()).toList();
    return latest.get(
        new Moment(now.toEpochMilli() / SHARED_MILLISECONDS, state, readings),
        () -> new Answer(Comparison.of(statuses, reloader.active(), state, now), mapper, page));
  }

  @GET
  @Path("stream")
  @NonBlocking
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "sourcesStream",
      summary = "Compare all sources, every second",
      description =
          "Server-sent events, independent of the Accept header, in the form of GET /sources.")
  @APIResponse(
      responseCode = "200",
      description = "A stream of server-sent events",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Comparison.class)))
  @APIResponse(responseCode = "503", description = "Too many streams (at most 200)")
  public Response stream() {
    return streams.of(
        Multi.createFrom()
            .ticks()
            .every(INTERVAL)
            .onOverflow()
            .drop()
            .select()
            .first(tick -> !reloader.hasEnded())
            .map(tick -> now().event()));
  }
}
