package io.podlab.demo.identity;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /} and {@code GET /whoami}: which pod answers. */
@Singleton
@NonBlocking
@Path("/")
@Tag(name = "identity", description = "Who answers")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class IdentityResource {
  private final WhoAnswers whoAnswers;

  IdentityResource(WhoAnswers whoAnswers) {
    this.whoAnswers = whoAnswers;
  }

  @GET
  @Operation(
      operationId = "whoAnswers",
      summary = "Which pod answers",
      description =
          "As text: pod name, namespace, IP, node, version, colour, the how-manieth request this is"
              + " to this pod, message. As JSON also service account, start, uptime, generation. A"
              + " fact that is not known is left out.")
  public Identity whoAnswers() {
    return whoAnswers.asked();
  }

  @GET
  @Path("whoami")
  @Operation(
      operationId = "whoami",
      summary = "Which pod answers, whatever is at /",
      description = "The same as GET / where LAB_DEMO_CONTENT is not set.")
  public Identity whoami() {
    return whoAnswers.asked();
  }

  @GET
  @Path("whoami/{field}")
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
        .of(whoAnswers.now())
        .orElseThrow(
            () -> notFound("the %s is not known; %s sets it".formatted(name, field.variable())));
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, detail));
  }
}
