package io.podlab.probe.healthz;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /healthz}: what a demo's liveness probe asks. */
// At start, so that its metrics are there before the first request.
@Startup
@Singleton
@Path("/healthz")
@Tag(name = "healthz", description = "Fails on schedule")
public final class HealthzResource {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Uptime uptime;
  private final Counter healthy;
  private final Counter failed;

  @Inject
  HealthzResource(Uptime uptime, MeterRegistry meters) {
    this.uptime = uptime;
    this.healthy = counter(meters, "ok");
    this.failed = counter(meters, "fail");
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("lab.probe.requests")
        .description("Probes that were answered")
        .tag("probe", "liveness")
        .tag("mechanism", "http")
        .tag("result", result)
        .register(meters);
  }

  @GET
  @NonBlocking
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "healthz",
      summary = "Healthy for ten seconds, then not",
      description =
          "Time runs from when the port began to listen. Always text, whatever is asked for.")
  @APIResponse(
      responseCode = "200",
      description = "In the first ten seconds",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "healthy", value = "ok")))
  @APIResponse(
      responseCode = "500",
      description = "Ever after, with the seconds since the start",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(type = SchemaType.STRING),
              examples = @ExampleObject(name = "failed", value = "error: 10.733563077")))
  public Response healthz() {
    Answer answer = Answer.after(uptime.elapsed());
    (answer.status() == 200 ? healthy : failed).increment();
    return Response.status(answer.status())
        .header(HttpHeaders.CONTENT_TYPE, TEXT)
        .entity(answer.body())
        .build();
  }
}
