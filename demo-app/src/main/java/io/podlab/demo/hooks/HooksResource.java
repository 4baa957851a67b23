package io.podlab.demo.hooks;

import io.podlab.demo.parameter.NoEmptyParameters;
import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.http.Representation;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/**
 * {@code /hooks/…}: what a manifest's {@code lifecycle} calls, with the kubelet's GET or by hand.
 */
@Singleton
@NoEmptyParameters
@Path("/")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "hooks", description = "postStart and preStop over HTTP")
public final class HooksResource {
  static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

  private static final Logger LOG = Logger.getLogger(HooksResource.class);
  private static final String GREETING = "Hello from the postStart handler";

  private static final String MESSAGE = "What is written";
  private static final String NO_DELAY = "0s";

  private static final String POST_START = "postStart writes its message";
  private static final String POST_START_DESCRIPTION =
      "Into the file of LAB_DEMO_MARKER, where the exec form writes it, too; answers with the file.";
  private static final String NOT_WRITTEN = "The file cannot be written: the hook has failed";
  private static final String PRE_STOP = "preStop: not ready at once, and back after the delay";
  private static final String PRE_STOP_DESCRIPTION =
      "Requests go on being answered. Ends with the delay, of 0s to 10m, or when the process is told"
          + " to stop. Readiness stays 503 until the end, or PUT /readyz says ok.";
  private static final String BAD_DELAY = "The delay is not a valid duration; use 0s to 10m";
  private static final String TOO_MANY = "A hundred such calls wait already";

  private final PostStart postStart;
  private final PreStops preStops;

  HooksResource(PostStart postStart, PreStops preStops) {
    this.postStart = postStart;
    this.preStops = preStops;
  }

  @GET
  @Path("hooks/post-start")
  @Blocking
  @Operation(operationId = "postStart", summary = POST_START, description = POST_START_DESCRIPTION)
  @APIResponse(responseCode = "200", description = "The file")
  @APIResponse(responseCode = "500", description = NOT_WRITTEN)
  public Marker postStart(
      @QueryParam("message") @DefaultValue(GREETING) @Parameter(description = MESSAGE)
          String message) {
    try {
      postStart.write(message);
    } catch (UncheckedIOException notWritten) {
      LOG.warnf("%s was not written: %s", postStart.file(), notWritten.getCause());
      throw new ProblemException(
          Problem.of(
              500,
              "%s cannot be written; LAB_DEMO_MARKER names another file"
                  .formatted(postStart.file())));
    }
    return marker();
  }

  @POST
  @Path("hooks/post-start")
  @Blocking
  @Operation(
      operationId = "postStartByPost",
      summary = POST_START,
      description = POST_START_DESCRIPTION)
  @APIResponse(responseCode = "200", description = "The file")
  @APIResponse(responseCode = "500", description = NOT_WRITTEN)
  public Marker postStartByPost(
      @QueryParam("message") @DefaultValue(GREETING) @Parameter(description = MESSAGE)
          String message) {
    return postStart(message);
  }

  /** Writes nothing: a HEAD runs no hook. */
  @HEAD
  @Path("hooks/post-start")
  @NonBlocking
  @Operation(hidden = true)
  public Marker headOfPostStart() {
    return new Marker("", Instant.EPOCH);
  }

  @GET
  @Path("marker")
  @Blocking
  @Operation(
      operationId = "marker",
      summary = "What postStart has written",
      description = "The file of LAB_DEMO_MARKER, at most its first 64 KiB.")
  @APIResponse(responseCode = "200", description = "The file")
  @APIResponse(responseCode = "404", description = "No postStart hook has written it")
  public Marker marker() {
    return postStart
        .file()
        .read()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404, "no postStart hook has written %s".formatted(postStart.file()))));
  }

  @GET
  @Path("hooks/pre-stop")
  @NonBlocking
  @Operation(operationId = "preStop", summary = PRE_STOP, description = PRE_STOP_DESCRIPTION)
  @APIResponse(responseCode = "200", description = "The delay is over, or the process stops")
  @APIResponse(responseCode = "400", description = BAD_DELAY)
  @APIResponse(responseCode = "503", description = TOO_MANY)
  public Uni<PreStop> preStop(
      @QueryParam("delay") @DefaultValue(NO_DELAY) @Parameter(description = "0s to 10m")
          String delay) {
    return preStops.begin(time(delay));
  }

  /** Readiness stays as it is: a HEAD runs no hook. */
  @HEAD
  @Path("hooks/pre-stop")
  @NonBlocking
  @Operation(hidden = true)
  public PreStop headOfPreStop(@QueryParam("delay") @DefaultValue(NO_DELAY) String delay) {
    return new PreStop(time(delay), false);
  }

  @POST
  @Path("hooks/pre-stop")
  @NonBlocking
  @Operation(operationId = "preStopByPost", summary = PRE_STOP, description = PRE_STOP_DESCRIPTION)
  @APIResponse(responseCode = "200", description = "The delay is over, or the process stops")
  @APIResponse(responseCode = "400", description = BAD_DELAY)
  @APIResponse(responseCode = "503", description = TOO_MANY)
  public Uni<PreStop> preStopByPost(
      @QueryParam("delay") @DefaultValue(NO_DELAY) @Parameter(description = "0s to 10m")
          String delay) {
    return preStop(delay);
  }

  private static Duration time(String delay) {
    return RequestParameter.duration("delay", delay, Duration.ZERO, LONGEST_DELAY);
  }

  /** A kubelet looks at the status only. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/hooks/{hook}", Representation.TEXT, Representation.JSON);
  }
}
