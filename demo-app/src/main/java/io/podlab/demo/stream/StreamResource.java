package io.podlab.demo.stream;

import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

/** {@code GET /stream/20}: sends lines with pauses, without a waiting thread. */
@Singleton
@Path("/stream/{n}")
@Tag(name = "stream", description = "Streamed responses")
public final class StreamResource {
  static final Duration BETWEEN_LINES = Duration.ofMillis(100);
  static final int MOST_LINES = 1000;

  private static final String ACCEPTED = "Number of lines, 1 to 1000";

  private final AtomicInteger running = new AtomicInteger();

  @GET
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(
      operationId = "stream",
      summary = "Stream lines, one every 100 ms",
      description =
          "Uses chunked encoding, so that the client sees each line immediately. Ends when the"
              + " client disconnects. As JSON, returns an array.")
  @APIResponse(
      responseCode = "200",
      description = "The lines",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Line[].class))
      })
  @APIResponse(responseCode = "400", description = "The number of lines is invalid; use 1 to 1000")
  public Multi<String> text(
      @PathParam("n") @Parameter(description = ACCEPTED, example = "20") String n) {
    return stream(n).map(Line::plainText);
  }

  @GET
  // Lower than text, the default without an Accept header. The Content-Type below hides the qs.
  @Produces(MediaType.APPLICATION_JSON + ";qs=0.5")
  @Operation(hidden = true)
  public RestMulti<Line> json(@PathParam("n") String n) {
    return RestMulti.fromMultiData(stream(n))
        .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
        .build();
  }

  /** Text for a client that accepts neither text nor JSON. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/stream/{n}", Representation.TEXT, Representation.JSON);
  }

  /** HEAD answers immediately, without the time for the lines. */
  @HEAD
  @Operation(hidden = true)
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  public Response head(@PathParam("n") String n, @HeaderParam(HttpHeaders.ACCEPT) String accept) {
    count(n);
    return Response.ok()
        .type(
            MediaType.APPLICATION_JSON.equals(accept)
                ? MediaType.APPLICATION_JSON
                : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .build();
  }

  private static int count(String n) {
    return RequestParameter.integer("n", n, 1, MOST_LINES);
  }

  private Multi<Line> stream(String n) {
    int lines = count(n);
    return Multi.createFrom()
        .deferred(
            () -> {
              running.incrementAndGet();
              return lines(lines);
            })
        .onTermination()
        .invoke(running::decrementAndGet);
  }

  /** Creates a line when the previous one is written, so that a slow client needs no memory. */
  private static Multi<Line> lines(int lines) {
    return Multi.createBy()
        .repeating()
        .uni(
            AtomicInteger::new,
            written -> {
              Uni<Line> line = Uni.createFrom().item(new Line(written.incrementAndGet(), lines));
              return written.get() == 1 ? line : line.onItem().delayIt().by(BETWEEN_LINES);
            })
        .atMost(lines);
  }

  /** The number of streams in progress. */
  int running() {
    return running.get();
  }
}
