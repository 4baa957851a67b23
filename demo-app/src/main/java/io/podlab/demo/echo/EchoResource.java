package io.podlab.demo.echo;

import io.podlab.kit.http.OriginalRequest;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /echo} and {@code /headers}: the request as it arrived. */
@Singleton
@NonBlocking
@Path("/")
@Tag(name = "echo", description = "The request as it arrived")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
public final class EchoResource {
  private static final String DESCRIPTION =
      "Returns method, path, query, headers and body as they arrived, with the changes that proxies"
          + " made. A body has at most 64 KiB; a body that is not UTF-8 is returned in base64.";

  @GET
  @Path("echo")
  @Operation(operationId = "echo", summary = "Show the request", description = DESCRIPTION)
  public Echo get(@Context RoutingContext context) {
    return echo(context);
  }

  @POST
  @Path("echo")
  @Operation(operationId = "echoPost", summary = "Show the request", description = DESCRIPTION)
  @RequestBody(content = @Content(mediaType = "*/*"))
  public Echo post(@Context RoutingContext context) {
    return echo(context);
  }

  @PUT
  @Path("echo")
  @Operation(operationId = "echoPut", summary = "Show the request", description = DESCRIPTION)
  @RequestBody(content = @Content(mediaType = "*/*"))
  public Echo put(@Context RoutingContext context) {
    return echo(context);
  }

  @PATCH
  @Path("echo")
  @Operation(operationId = "echoPatch", summary = "Show the request", description = DESCRIPTION)
  @RequestBody(content = @Content(mediaType = "*/*"))
  public Echo patch(@Context RoutingContext context) {
    return echo(context);
  }

  @DELETE
  @Path("echo")
  @Operation(operationId = "echoDelete", summary = "Show the request", description = DESCRIPTION)
  public Echo delete(@Context RoutingContext context) {
    return echo(context);
  }

  @GET
  @Path("headers")
  @Operation(
      operationId = "headers",
      summary = "Show the request headers",
      description = "Returns the headers as they arrived, with the changes that proxies made.")
  public Headers headers(@Context RoutingContext context) {
    return new Headers(RequestHeaders.of(context));
  }

  private static Echo echo(RoutingContext context) {
    HttpServerRequest request = context.request();
    Buffer body = context.body().buffer();
    return Echo.of(
        request.method().name(),
        OriginalRequest.target(context),
        OriginalRequest.protocol(request.version()),
        RequestHeaders.of(context),
        body == null ? new byte[0] : body.getBytes());
  }
}
