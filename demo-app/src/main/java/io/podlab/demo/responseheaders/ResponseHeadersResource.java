package io.podlab.demo.responseheaders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.demo.echo.Headers;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /response-headers?Retry-After=5}: answers with the requested headers. */
@Singleton
@NonBlocking
@Path("/response-headers")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "response-headers", description = "Responses with any headers")
public final class ResponseHeadersResource {
  private final ObjectMapper json;

  ResponseHeadersResource(ObjectMapper json) {
    this.json = json;
  }

  @GET
  @Operation(
      operationId = "responseHeaders",
      summary = "Respond with headers",
      description =
          "Each query parameter becomes a response header, for example ?Retry-After=5&X-A=1&X-A=2."
              + " Also returns them in the body. Accepts 1 to 50 headers with values in ASCII,"
              + " except those that belong to the connection or to this service. With Content-Type,"
              + " the response also has Content-Security-Policy: sandbox.")
  @APIResponse(
      responseCode = "200",
      description = "The headers",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Headers.class))
      })
  @APIResponse(responseCode = "400", description = "A header is invalid or cannot be set")
  public Response respond(@Context RoutingContext context) {
    Map<String, List<String>> headers = RequestedHeaders.of(context.request().query());
    Optional<MediaType> type = RequestedHeaders.contentType(headers);
    Headers shown = new Headers(headers);
    // Quarkus REST would change the spelling of names, and sets the Content-Type itself.
    context.addHeadersEndHandler(
        end -> set(headers, context.response().headers(), type.isPresent()));
    return type.isEmpty()
        ? Response.ok(shown).build()
        : Response.ok(bytes(shown, context.request())).type(type.get()).build();
  }

  private static void set(
      Map<String, List<String>> headers, MultiMap response, boolean isSandboxed) {
    headers.keySet().forEach(response::remove);
    headers.forEach(response::add);
    if (isSandboxed) {
      // A link with text/html and a script would otherwise run it with the rights of the page.
      // Browsers enforce each policy, so a requested policy cannot weaken this one.
      response.add("Content-Security-Policy", "sandbox");
    }
  }

  /** The body in bytes, because no writer converts the object to the requested type. */
  private byte[] bytes(Headers shown, HttpServerRequest request) {
    try {
      return MediaType.APPLICATION_JSON.equals(request.getHeader(HttpHeaders.ACCEPT))
          ? json.writeValueAsBytes(shown)
          : shown.plainText().getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException noJson) {
      throw new IllegalStateException(noJson);
    }
  }
}
