package io.podlab.demo.identity;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /whoami}: shows which pod answers, also if {@code /} serves content. */
@Singleton
@NonBlocking
@Path("/whoami")
@Tag(name = "identity", description = "The pod that answers")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class IdentityResource {
  private final PodIdentity podIdentity;

  IdentityResource(PodIdentity podIdentity) {
    this.podIdentity = podIdentity;
  }

  @GET
  @Operation(
      operationId = "whoami",
      summary = "Show which pod answers",
      description = "Same as GET / without LAB_DEMO_CONTENT.")
  public Identity whoami() {
    return podIdentity.asked();
  }

  /** HEAD does not get a request number, because its answer has no body to show it. */
  @HEAD
  @Operation(hidden = true)
  public Identity head() {
    return podIdentity.now();
  }

  @GET
  @Path("{field}")
  @Operation(
      operationId = "whoamiField",
      summary = "Show one fact about the pod",
      description = "Returns the value on one line. The request number does not increase.")
  @APIResponse(responseCode = "200", description = "The value")
  @APIResponse(responseCode = "404", description = "The fact does not exist or is not known")
  public Fact field(
      @PathParam("field")
          @Parameter(description = "A field of the JSON form of GET /", example = "podIP")
          String name) {
    Fact.Field field =
        Fact.Field.of(name)
            .orElseThrow(
                () ->
                    notFound(
                        "no field named '%s'; use %s"
                            .formatted(Printable.line(name), Fact.Field.labels())));
    return field
        .of(podIdentity.now())
        .orElseThrow(() -> notFound("%s is not known; set %s".formatted(name, field.variable())));
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, detail));
  }
}
