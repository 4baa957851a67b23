package io.podlab.demo.page;

import io.podlab.demo.faults.Faults;
import io.podlab.demo.faults.FaultsConfig;
import io.podlab.demo.health.Probes;
import io.podlab.demo.identity.PodIdentity;
import io.podlab.demo.lifecycle.LastRequests;
import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Timeline;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** {@code GET /page/events}: the data of the page, as a stream. */
@Singleton
@Path(PageResource.PATH)
@Tag(name = "page", description = "The page for browsers")
public final class PageResource {
  static final String PATH = "/page/events";

  private final Lifecycle lifecycle;
  private final LastRequests lastRequests;
  private final PodIdentity podIdentity;
  private final Probes probes;
  private final Faults faults;
  private final boolean faultsAllowed;

  PageResource(
      Lifecycle lifecycle,
      LastRequests lastRequests,
      PodIdentity podIdentity,
      Probes probes,
      Faults faults,
      FaultsConfig config) {
    this.lifecycle = lifecycle;
    this.lastRequests = lastRequests;
    this.podIdentity = podIdentity;
    this.probes = probes;
    this.faults = faults;
    this.faultsAllowed = config.faults();
  }

  @GET
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "pageEvents",
      summary = "Stream the data of the page",
      description =
          "Sends server-sent events for any Accept header: the pod, its timeline and traffic, the"
              + " responses of its probes, the last 20 requests and, if allowed, the active faults."
              + " Each event contains all data. Sends an event on each change of the timeline and"
              + " every second, until the process ends.")
  @APIResponse(
      responseCode = "200",
      description = "A stream of events",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Snapshot.class)))
  @APIResponse(responseCode = "503", description = "Too many streams (at most 100)")
  public Multi<Snapshot> events() {
    return lifecycle.changes().map(this::snapshot);
  }

  /** The data that the page shows first. */
  public Snapshot now() {
    return snapshot(lifecycle.timeline());
  }

  /** HEAD ends immediately, because the stream of GET has no end. */
  @HEAD
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(hidden = true)
  public Response head() {
    return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
  }

  private Snapshot snapshot(Timeline timeline) {
    return new Snapshot(
        podIdentity.now(),
        timeline,
        probes.healthz(),
        probes.readyz(),
        lastRequests.newestFirst(),
        faultsAllowed ? Optional.of(faults.list().active()) : Optional.empty());
  }
}
