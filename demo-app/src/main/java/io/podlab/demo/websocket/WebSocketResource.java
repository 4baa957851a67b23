package io.podlab.demo.websocket;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.Refusal;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Describes {@code GET /ws} for OpenAPI, and answers requests that are not for a WebSocket. */
@Singleton
@NonBlocking
@Path(WebSocketFilter.PATH)
@Tag(name = "websocket", description = "WebSocket echo")
public final class WebSocketResource {
  static final int UPGRADE_REQUIRED = 426;

  @GET
  @Operation(
      operationId = "webSocketEcho",
      summary = "Echo WebSocket messages",
      description =
          "Returns each text or binary message as it came. A message has at most 64 KiB. When the pod"
              + " stops, each client gets a close frame with status 1001 and the name of the pod.")
  @APIResponse(responseCode = "101", description = "The WebSocket is open")
  @APIResponse(responseCode = "400", description = "The WebSocket request is invalid")
  @APIResponse(
      responseCode = "426",
      description = "The request is not for a WebSocket, or not for version 13")
  @APIResponse(
      responseCode = "503",
      description = "1000 WebSockets are already open, or the pod is stopping")
  public Response notAWebSocket(@Context HttpServerRequest request, @Context HttpHeaders headers) {
    Problem problem =
        new Problem(
            "Upgrade Required",
            UPGRADE_REQUIRED,
            "this path only accepts WebSockets over HTTP/1.1, with the headers Upgrade: websocket"
                + " and Connection: Upgrade",
            null,
            "a WebSocket client, such as websocat ws://localhost:8080/ws");
    Response.ResponseBuilder response = problem.response(headers);
    // HTTP/2 forbids the header.
    return Refusal.isStream(request)
        ? response.build()
        : response.header("Upgrade", "websocket").build();
  }
}
