package io.podlab.probe.healthz;

import io.podlab.kit.duration.GoDuration;
import io.podlab.probe.answer.Uptime;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /started}, compatible with agnhost's {@code liveness}. */
@Singleton
@Path("/started")
@Tag(name = "http probes", description = "Endpoints for the HTTP probes of a kubelet")
public final class StartedResource {
  private final Uptime uptime;

  @Inject
  StartedResource(Uptime uptime) {
    this.uptime = uptime;
  }

  @GET
  @NonBlocking
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "started",
      summary = "Get the time since the start",
      description =
          "Returns the time since the HTTP port opened, in Go syntax, such as 492.498996ms or 1m2.5s."
              + " Always text.")
  @APIResponse(
      responseCode = "200",
      description = "The duration, without a newline at the end",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(type = SchemaType.STRING),
              example = "1m2.5s"))
  public Response started() {
    return Response.ok(GoDuration.format(Duration.ofNanos(uptime.nanos())))
        .type("text/plain; charset=utf-8")
        .build();
  }
}
