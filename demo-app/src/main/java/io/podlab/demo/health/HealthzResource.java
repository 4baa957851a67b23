package io.podlab.demo.health;

import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /healthz}: the endpoint of a demo's liveness probe, and its setting. */
// Created at the start, because LAB_DEMO_HEALTHZ_FAIL_AFTER counts from there.
@Startup
@Singleton
@Path("/healthz")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "health", description = "Endpoints for liveness and readiness probes")
public final class HealthzResource {
  private static final int FAILED = 500;

  private final Clock clock;
  private volatile ProbeOverride current;

  HealthzResource(Clock clock, HealthConfig config) {
    this.clock = clock;
    this.current =
        config
            .healthzFailAfter()
            .map(time -> ProbeOverride.failAfter(time, clock.instant()))
            .orElse(ProbeOverride.OK);
  }

  /** Always answers: the kubelet checks only the status. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/healthz", Representation.TEXT, Representation.JSON);
  }

  @GET
  @NonBlocking
  @Operation(
      operationId = "healthz",
      summary = "Check liveness",
      description =
          "Returns 200 unless LAB_DEMO_HEALTHZ_FAIL_AFTER or PUT /healthz makes it fail. Still"
              + " returns 200 after SIGTERM.")
  @APIResponse(
      responseCode = "200",
      description = "ok",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  @APIResponse(
      responseCode = "500",
      description = "The reason for the failure",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  public Response healthz() {
    Optional<String> reason = reason();
    return Response.status(reason.isPresent() ? FAILED : 200)
        .entity(ProbeAnswer.of(reason))
        .build();
  }

  @PUT
  @NonBlocking
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "setHealthz",
      summary = "Set the response of /healthz",
      description = "Accepts any Content-Type. Returns the new response of /healthz.")
  @RequestBody(
      description = "ok, fail, or fail:30s to fail for that long (at most 24h)",
      required = true,
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "200", description = "The new response of /healthz")
  @APIResponse(responseCode = "400", description = "The body is invalid; use ok, fail or fail:30s")
  public ProbeAnswer set(String body) {
    current = ProbeOverride.parse(body, clock.instant());
    return ProbeAnswer.of(reason());
  }

  /** The reason for a failure; empty while healthy. */
  Optional<String> reason() {
    return current.reason(clock.instant());
  }
}
