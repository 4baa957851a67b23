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

/** {@code GET /page/events}: what the page shows, as it changes. */
@Singleton
@Path(PageResource.PATH)
@Tag(name = "page", description = "What a browser sees")
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
      summary = "What the page shows, as it changes",
      description =
          "Server-sent events, whatever Accept says: the pod, its timeline and traffic, what its"
              + " probes are told, the last 20 requests and, where they are on, the active faults."
              + " Each event tells all of it, with each change of the timeline and every second,"
              + " until the process ends.")
  @APIResponse(
      responseCode = "200",
      description = "A stream of it",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = Snapshot.class)))
  @APIResponse(responseCode = "503", description = "A hundred follow already, this or the timeline")
  public Multi<Snapshot> events() {
    return lifecycle.changes().map(this::snapshot);
  }

  /** What the page shows first. */
  public Snapshot now() {
    return snapshot(lifecycle.timeline());
  }

  /** A stream has no end, and an answer without content needs one. */
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
