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

/** {@code /readyz}: what a demo's readiness probe asks, and what it is to be told. */
@Singleton
@Path("/readyz")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "health", description = "What a demo's probes ask")
public final class ReadyzResource {
  private static final int UNAVAILABLE = 503;

  private final Readiness readiness;

  ReadyzResource(Readiness readiness) {
    this.readiness = readiness;
  }

  /** A kubelet looks at the status only. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/readyz", Representation.TEXT, Representation.JSON);
  }

  @GET
  @NonBlocking
  @Operation(
      operationId = "readyz",
      summary = "Ready, unless told otherwise",
      description =
          "Told by PUT. 503 also once the preStop hook of /hooks/pre-stop is called, and after SIGTERM;"
              + " /q/health/ready follows.")
  @APIResponse(
      responseCode = "200",
      description = "ok",
      content = @Content(schema = @Schema(implementation = ProbeAnswer.class)))
  @APIResponse(
      responseCode = "503",
      description = "The reason",
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
      summary = "Says what to answer from now on",
      description =
          "Whatever the Content-Type. Answers with what /readyz says; ok also calls a preStop hook off now.")
  @RequestBody(
      description = "ok, fail, or fail:30s to fail for that long (at most 24h)",
      required = true,
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "200", description = "It is so now")
  @APIResponse(responseCode = "400", description = "Invalid value: use ok, fail or fail:30s")
  public ProbeAnswer set(String order) {
    readiness.tell(order);
    return ProbeAnswer.of(readiness.reason());
  }
}
