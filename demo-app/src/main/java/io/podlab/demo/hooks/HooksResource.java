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
 * {@code /hooks/…}: the HTTP hooks of a manifest's {@code lifecycle}. The kubelet sends GET; a
 * person can also use POST.
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

  private static final String MESSAGE = "Text to write";
  private static final String NO_DELAY = "0s";

  private static final String POST_START = "Run the postStart hook";
  private static final String POST_START_DESCRIPTION =
      "Writes the message to the file in LAB_DEMO_MARKER, like the exec form, and returns the"
          + " file.";
  private static final String NOT_WRITTEN = "The file cannot be written; the hook failed";
  private static final String PRE_STOP = "Run the preStop hook";
  private static final String PRE_STOP_DESCRIPTION =
      "Readiness becomes 503 immediately; requests are still answered. The call returns after the"
          + " delay or at SIGTERM. Readiness stays 503 until the process ends or PUT /readyz sets"
          + " ok.";
  private static final String BAD_DELAY = "The delay is invalid; use 0s to 10m";
  private static final String TOO_MANY = "Too many preStop hooks wait (at most 100)";

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
  @APIResponse(responseCode = "200", description = "The content of the file")
  @APIResponse(responseCode = "500", description = NOT_WRITTEN)
  public Marker postStart(
      @QueryParam("message") @DefaultValue(GREETING) @Parameter(description = MESSAGE)
          String message) {
    try {
      postStart.write(message);
    } catch (UncheckedIOException notWritten) {
      LOG.warnf("cannot write %s: %s", postStart.file(), notWritten.getCause());
      throw new ProblemException(
          Problem.of(
              500,
              "cannot write %s; set LAB_DEMO_MARKER to a writable file"
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
  @APIResponse(responseCode = "200", description = "The content of the file")
  @APIResponse(responseCode = "500", description = NOT_WRITTEN)
  public Marker postStartByPost(
      @QueryParam("message") @DefaultValue(GREETING) @Parameter(description = MESSAGE)
          String message) {
    return postStart(message);
  }

  /** HEAD does not run the hook. */
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
      summary = "Show the file of the postStart hook",
      description = "Returns up to 64 KiB of the file in LAB_DEMO_MARKER.")
  @APIResponse(responseCode = "200", description = "The content of the file")
  @APIResponse(responseCode = "404", description = "No postStart hook has written the file")
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
  @APIResponse(responseCode = "200", description = "The delay has ended, or the process stops")
  @APIResponse(responseCode = "400", description = BAD_DELAY)
  @APIResponse(responseCode = "503", description = TOO_MANY)
  public Uni<PreStop> preStop(
      @QueryParam("delay") @DefaultValue(NO_DELAY) @Parameter(description = "Duration, 0s to 10m")
          String delay) {
    return preStops.begin(time(delay));
  }

  /** HEAD does not run the hook: readiness stays as it is. */
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
  @APIResponse(responseCode = "200", description = "The delay has ended, or the process stops")
  @APIResponse(responseCode = "400", description = BAD_DELAY)
  @APIResponse(responseCode = "503", description = TOO_MANY)
  public Uni<PreStop> preStopByPost(
      @QueryParam("delay") @DefaultValue(NO_DELAY) @Parameter(description = "Duration, 0s to 10m")
          String delay) {
    return preStop(delay);
  }

  private static Duration time(String delay) {
    return RequestParameter.duration("delay", delay, Duration.ZERO, LONGEST_DELAY);
  }

  /** Always answers: the kubelet checks only the status. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/hooks/{hook}", Representation.TEXT, Representation.JSON);
  }
}
