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

/** {@code GET /whoami}: which pod answers, whatever is at {@code /}. */
@Singleton
@NonBlocking
@Path("/whoami")
@Tag(name = "identity", description = "Who answers")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class IdentityResource {
  private final PodIdentity podIdentity;

  IdentityResource(PodIdentity podIdentity) {
    this.podIdentity = podIdentity;
  }

  @GET
  @Operation(
      operationId = "whoami",
      summary = "Which pod answers, whatever is at /",
      description = "The same as GET / where LAB_DEMO_CONTENT is not set.")
  public Identity whoami() {
    return podIdentity.asked();
  }

  /** Does not count as a request to the pod: nobody sees its number. */
  @HEAD
  @Operation(hidden = true)
  public Identity head() {
    return podIdentity.now();
  }

  @GET
  @Path("{field}")
  @Operation(
      operationId = "whoamiField",
      summary = "One fact about the pod that answers",
      description = "The fact alone, on a line; it counts as no request to the pod.")
  @APIResponse(responseCode = "200", description = "The fact")
  @APIResponse(responseCode = "404", description = "There is no such fact, or it is not known")
  public Fact field(
      @PathParam("field")
          @Parameter(description = "A field of the JSON form of GET /", example = "podIP")
          String name) {
    Fact.Field field =
        Fact.Field.of(name)
            .orElseThrow(
                () ->
                    notFound(
                        "there is no field '%s'; there are %s"
                            .formatted(Printable.line(name), Fact.Field.labels())));
    return field
        .of(podIdentity.now())
        .orElseThrow(
            () -> notFound("the %s is not known; %s sets it".formatted(name, field.variable())));
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, detail));
  }
}
