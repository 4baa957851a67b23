package io.podlab.demo.lifecycle;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** {@code GET /lifecycle}: the timeline, as it is now or as it goes on. */
@Singleton
@Path(LifecycleResource.PATH)
@Tag(name = "lifecycle", description = "What has happened to this pod")
public final class LifecycleResource {
  static final String PATH = "/lifecycle";

  /** After RequestHeaders, which makes text of the header that curl sends. */
  private static final int LATE = 900;

  private final Lifecycle lifecycle;

  LifecycleResource(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  void register(@Observes Filters filters) {
    filters.register(LifecycleResource::choose, LATE);
  }

  /** A stream only for who asks for one: by the header, or by what is easier to type. */
  private static void choose(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (PATH.equals(request.path())) {
      boolean follow = request.query() != null && request.params().contains("follow");
      if (request.method() == HttpMethod.HEAD) {
        // A stream has no end, and an answer without content needs one.
        request.headers().set(HttpHeaders.ACCEPT, MediaType.TEXT_PLAIN);
      } else if (follow) {
        request.headers().set(HttpHeaders.ACCEPT, MediaType.SERVER_SENT_EVENTS);
      } else if (!request.headers().contains(HttpHeaders.ACCEPT)) {
        request.headers().set(HttpHeaders.ACCEPT, MediaType.TEXT_PLAIN);
      }
    }
    context.next();
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "lifecycle",
      summary = "The timeline",
      description =
          "Process start, listening, the postStart marker, the first request and the first probe of"
              + " each kind, readiness changes, preStop hooks, signals and the last request: each"
              + " with its time and the time since the process start. As server-sent events: what"
              + " has happened, then what happens (event), and the traffic each second (traffic),"
              + " until the process ends.")
  @APIResponse(
      responseCode = "200",
      description = "The timeline, or a stream of it",
      content = {
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Timeline.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN)
      })
  @APIResponse(responseCode = "503", description = "A hundred follow already")
  public Timeline timeline(
      @QueryParam("follow")
          @Parameter(
              description = "Whatever its value: server-sent events, as with Accept",
              allowEmptyValue = true)
          String follow) {
    return lifecycle.timeline();
  }

  @GET
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> follow(@Context Sse sse) {
    return lifecycle
        .follow()
        .map(message -> sse.newEventBuilder().name(message.name()).data(message).build());
  }
}
