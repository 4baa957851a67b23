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

/** Describes {@code GET /} for OpenAPI, and answers it if content is configured. */
@Singleton
@Blocking
@Path("/")
@Tag(name = "identity", description = "The pod that answers")
public final class RootResource {
  private final FilesResource files;

  RootResource(FilesResource files) {
    this.files = files;
  }

  @GET
  @Operation(
      operationId = "whoAnswers",
      summary = "Show which pod answers",
      description =
          "Text shows the pod's name, namespace, IP, node, version, color, request number and"
              + " message. JSON adds service account, start, uptime and generation. Unknown facts"
              + " are left out. HTML is a live page. With LAB_DEMO_CONTENT, text and HTML are"
              + " replaced by the directory's index.html.")
  @APIResponse(
      responseCode = "200",
      description = "The pod, or index.html of the content directory",
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
