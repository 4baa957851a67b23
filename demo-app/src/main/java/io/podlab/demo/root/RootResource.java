package io.podlab.demo.root;

import io.podlab.demo.content.FilesResource;
import io.podlab.demo.identity.Identity;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Describes {@code GET /}, and answers it where content is to be shown. */
@Singleton
@Blocking
@Path("/")
@Tag(name = "identity", description = "Who answers")
public final class RootResource {
  private final FilesResource files;

  RootResource(FilesResource files) {
    this.files = files;
  }

  @GET
  @Operation(
      operationId = "whoAnswers",
      summary = "Which pod answers",
      description =
          "As text: pod name, namespace, IP, node, version, color, the number of the request to this"
              + " pod, message. As JSON also service account, start, uptime, generation. A fact that"
              + " is not known is left out. As HTML a page. With LAB_DEMO_CONTENT its index.html, but"
              + " as JSON.")
  @APIResponse(
      responseCode = "200",
      description = "The pod, or the content's index",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Identity.class)),
        @Content(mediaType = MediaType.TEXT_HTML)
      })
  public Response index(@Context HttpServerRequest request) {
    return files.file("index.html", request);
  }
}
