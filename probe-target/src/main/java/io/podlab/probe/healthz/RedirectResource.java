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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /redirect?loc=}, as agnhost's {@code liveness} has it. */
@Singleton
@Path("/redirect")
@Tag(name = "http probes", description = "What a kubelet asks over HTTP")
public final class RedirectResource {
  @GET
  @NonBlocking
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "redirect",
      summary = "Sends the prober elsewhere",
      description =
          "To a path of this program or to another host. A kubelet follows the former, and takes the"
              + " latter for a success with a warning.")
  @APIResponse(
      responseCode = "302",
      description = "With the place in the Location header",
      content =
          @Content(
              mediaType = MediaType.TEXT_HTML,
              schema = @Schema(type = SchemaType.STRING),
              example = "<a href=\"/healthz\">Found</a>."))
  @APIResponse(
      responseCode = "400",
      description = "The place has control characters, or a % that escapes nothing")
  public Response redirect(
      @QueryParam("loc")
          @DefaultValue("/")
          @Parameter(description = "A path, or a URL", example = "/healthz")
          String loc) {
    String place = unescaped(loc);
    if (place.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          Problem.badField(
              "loc",
              "it has control characters, which cannot stand in a header",
              "a path such as /healthz, or a URL"));
    }
    String location = Location.of(place);
    return Response.status(Response.Status.FOUND)
        .header(HttpHeaders.LOCATION, location)
        .type("text/html; charset=utf-8")
        .entity("<a href=\"" + escaped(location) + "\">Found</a>.\n\n")
        .build();
  }

  /** A second time, as agnhost does. */
  private static String unescaped(String loc) {
    try {
      return URLDecoder.decode(loc, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new ProblemException(
          Problem.badField(
              "loc", "it has a % that escapes nothing", "a path such as /healthz, or a URL"));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
