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

/** {@code /healthz}: what a demo's liveness probe asks, and what it is to be told. */
// At start, from which LAB_DEMO_HEALTHZ_FAIL_AFTER counts.
@Startup
@Singleton
@Path("/healthz")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "health", description = "What a demo's probes ask")
public final class HealthzResource {
  private static final int SICK = 500;

  private final Clock clock;
  private volatile ProbeOrder current;

  HealthzResource(Clock clock, HealthConfig config) {
    this.clock = clock;
    this.current =
        config
            .healthzFailAfter()
            .map(time -> ProbeOrder.failAfter(time, clock.instant()))
            .orElse(ProbeOrder.OK);
  }

  /** A kubelet looks at the status only. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/healthz", Representation.TEXT, Representation.JSON);
  }

  @GET
  @NonBlocking
  @Operation(
      operationId = "healthz",
      summary = "Healthy, unless told otherwise",
      description = "By LAB_DEMO_HEALTHZ_FAIL_AFTER or PUT. Stays 200 after SIGTERM.")
  @APIResponse(
      responseCode = "200",
      description = "ok",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  @APIResponse(
      responseCode = "500",
      description = "The reason",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  public Response healthz() {
    Optional<String> reason = reason();
    return Response.status(reason.isPresent() ? SICK : 200).entity(ProbeAnswer.of(reason)).build();
  }

  @PUT
  @NonBlocking
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "setHealthz",
      summary = "Says what to answer from now on",
      description = "Whatever the Content-Type. Answers with what /healthz says now.")
  @RequestBody(
      description = "ok, fail, or fail:30s to fail for that long (at most 24h)",
      required = true,
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "200", description = "It is so now")
  @APIResponse(responseCode = "400", description = "Invalid value: use ok, fail or fail:30s")
  public ProbeAnswer set(String order) {
    current = ProbeOrder.parse(order, clock.instant());
    return ProbeAnswer.of(reason());
  }

  /** Empty while all is well. */
  Optional<String> reason() {
    return current.reason(clock.instant());
  }
}
