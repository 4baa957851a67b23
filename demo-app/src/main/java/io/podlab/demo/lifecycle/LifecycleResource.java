package io.podlab.demo.lifecycle;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
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

/** {@code GET /lifecycle}: the timeline, as a snapshot or as a stream. */
@Singleton
@Path(LifecycleResource.PATH)
@Tag(name = "lifecycle", description = "The lifecycle events of this pod")
public final class LifecycleResource {
  static final String PATH = "/lifecycle";

  private final Lifecycle lifecycle;

  LifecycleResource(Lifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "lifecycle",
      summary = "Show the timeline",
      description =
          "Lists lifecycle events with their time and the time since the process start: process"
              + " start, listening, the marker of postStart, the first request, the first probe of"
              + " each kind, readiness changes, preStop hooks, signals and the last request. As"
              + " server-sent events: sends past events, then new ones (event), and the traffic"
              + " every second (traffic), until the process ends.")
  @APIResponse(
      responseCode = "200",
      description = "The timeline or a stream of events",
      content = {
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Timeline.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN)
      })
  @APIResponse(responseCode = "503", description = "Too many streams (at most 100)")
  public Timeline timeline(
      @QueryParam("follow")
          @Parameter(
              description = "Streams server-sent events; needs no value",
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
