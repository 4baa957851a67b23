package io.podlab.probe.healthz;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /redirect?loc=} answers 302 as agnhost's {@code liveness} does, without a body. */
@Singleton
@Path("/redirect")
@Tag(name = "http probes", description = "Endpoints for the HTTP probes of a kubelet")
public final class RedirectResource {
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]+");

  @GET
  @NonBlocking
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "redirect",
      summary = "Redirect a probe",
      description =
          "Redirects to loc. A kubelet follows a redirect to the same host. It treats a redirect to"
              + " another host as a success, with a warning.")
  @APIResponse(
      responseCode = "302",
      description = "The Location header has loc, with characters outside ASCII percent-encoded")
  @APIResponse(responseCode = "400", description = "loc contains control characters")
  public Response redirect(
      @QueryParam("loc")
          @DefaultValue("/")
          @Parameter(description = "A path or a URL", example = "/healthz")
          String loc) {
    if (loc.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          Problem.badField(
              "loc", "the value contains control characters", "a path such as /healthz, or a URL"));
    }
    String location =
        NOT_ASCII
            .matcher(loc)
            .replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8));
    return Response.status(Response.Status.FOUND).header(HttpHeaders.LOCATION, location).build();
  }
}
