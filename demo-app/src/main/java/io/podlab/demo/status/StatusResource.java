package io.podlab.demo.status;

import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /status/503}: answers with the requested status. */
@Singleton
@NonBlocking
@Path("/status/{code}")
@Tag(name = "status", description = "Responses with any status")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class StatusResource {
  /** Never answers 406 instead of the requested status. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/status/{code}", Representation.TEXT, Representation.JSON);
  }

  @GET
  @Operation(
      operationId = "status",
      summary = "Respond with a status",
      description =
          "204, 205 and 304 have no body. No status adds other headers, such as Location.")
  @APIResponse(
      responseCode = "default",
      description = "The requested status",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = RequestedStatus.class))
      })
  @APIResponse(responseCode = "400", description = "The code is invalid; use 200 to 599")
  public Response status(
      @PathParam("code") @Parameter(description = "200 to 599", example = "503") String code) {
    RequestedStatus status =
        RequestedStatus.of(
            RequestParameter.integer(
                "code", code, RequestedStatus.LOWEST, RequestedStatus.HIGHEST));
    Response.ResponseBuilder answer = Response.status(status.status());
    return status.hasBody() ? answer.entity(status).build() : answer.build();
  }
}
