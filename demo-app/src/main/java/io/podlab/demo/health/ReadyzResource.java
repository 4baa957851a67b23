package io.podlab.demo.health;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /readyz}: the endpoint of a demo's readiness probe, and its setting. */
@Singleton
@Path("/readyz")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "health", description = "Endpoints for liveness and readiness probes")
public final class ReadyzResource {
  private static final int UNAVAILABLE = 503;

  private final Readiness readiness;

  ReadyzResource(Readiness readiness) {
    this.readiness = readiness;
  }

  /** Always answers: the kubelet checks only the status. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/readyz", Representation.TEXT, Representation.JSON);
  }

  @GET
  @NonBlocking
  @Operation(
      operationId = "readyz",
      summary = "Check readiness",
      description =
          "Returns 200 unless PUT /readyz makes it fail. Returns 503 after a call of /hooks/pre-stop and"
              + " after SIGTERM. /q/health/ready gives the same result.")
  @APIResponse(
      responseCode = "200",
      description = "ok",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  @APIResponse(
      responseCode = "503",
      description = "The reason for the failure",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  public Response readyz() {
    Optional<String> reason = readiness.reason();
    return Response.status(reason.isPresent() ? UNAVAILABLE : 200)
        .entity(ProbeAnswer.of(reason))
        .build();
  }

  @PUT
  @NonBlocking
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "setReadyz",
      summary = "Set the response of /readyz",
      description =
          "Accepts any Content-Type. Returns the new response of /readyz. ok also cancels the"
              + " effect of a preStop hook.")
  @RequestBody(
      description = "ok, fail, or fail:30s to fail for that long (at most 24h)",
      required = true,
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "200", description = "The new response of /readyz")
  @APIResponse(responseCode = "400", description = "The body is invalid; use ok, fail or fail:30s")
  public ProbeAnswer set(String body) {
    readiness.set(body);
    return ProbeAnswer.of(readiness.reason());
  }
}
