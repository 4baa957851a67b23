package io.podlab.demo.faults;

import io.podlab.demo.output.StandardOutput;
import io.podlab.demo.parameter.NoEmptyParameters;
import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** {@code /faults}: makes this pod fail, for a limited time or with an exit code. */
@Singleton
@NoEmptyParameters
@Path("/faults")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "faults", description = "Failures on demand; disabled unless LAB_DEMO_FAULTS=true")
public final class FaultsResource {
  static final int MOST_CORES = 64;
  static final long LARGEST = 8L << 30;
  static final Duration SHORTEST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofHours(1);

  /** Time to send the answer. */
  private static final long EXIT_MILLISECONDS = 50;

  private static final int LONGEST_NAME = 100;
  private static final Logger LOG = Logger.getLogger(FaultsResource.class);
  private static final String OFF = "Faults are disabled; set LAB_DEMO_FAULTS=true to enable them";
  private static final String BAD = "A parameter is invalid or out of range";

  private final Faults faults;
  private final boolean allowed;

  FaultsResource(Faults faults, FaultsConfig config) {
    this.faults = faults;
    this.allowed = config.faults();
  }

  @GET
  @NonBlocking
  @Operation(
      operationId = "faults",
      summary = "List the active faults",
      description = "Returns the start time and end time of each active fault.")
  @APIResponse(responseCode = "200", description = "The active faults; the list can be empty")
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList list() {
    check();
    return faults.list();
  }

  @DELETE
  @NonBlocking
  @Operation(
      operationId = "endFaults",
      summary = "End all faults",
      description = "Frees the allocated memory and continues the requests that hang.")
  @APIResponse(responseCode = "200", description = "No fault is active")
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList endAll() {
    check();
    faults.endAll();
    return faults.list();
  }

  @DELETE
  @Path("{name}")
  @NonBlocking
  @Operation(
      operationId = "endFault",
      summary = "End one fault",
      description =
          "Succeeds also if the fault is not active. Returns the faults that are still active.")
  @APIResponse(responseCode = "200", description = "The fault is not active")
  @APIResponse(responseCode = "403", description = OFF)
  @APIResponse(responseCode = "404", description = "No fault has this name")
  public FaultList end(
      @PathParam("name") @Parameter(description = "allocate, burn, hang or errors") String name) {
    check();
    FaultName fault =
        FaultName.of(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            404,
                            "no fault named '%s'; use allocate, burn, hang or errors"
                                .formatted(Printable.line(name, LONGEST_NAME)))));
    faults.end(fault);
    return faults.list();
  }

  @POST
  @Path("exit")
  @NonBlocking
  @Operation(
      operationId = "exit",
      summary = "End the process with an exit code",
      description =
          "Like a crash: requests in flight are lost. Kubernetes shows exit code 0 as Completed,"
              + " and other codes as Error.")
  @APIResponse(responseCode = "200", description = "The process exits after this response")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public ExitFault exit(
      @QueryParam("code") @DefaultValue("1") @Parameter(description = "Exit code, 0 to 255")
          String code,
      @Context RoutingContext context) {
    check();
    ExitFault exit = new ExitFault(RequestParameter.integer("code", code, 0, 255));
    Vertx vertx = context.vertx();
    QuarkusRequestWrapper.get(context.request())
        .addRequestDoneHandler(
            answered ->
                vertx.setTimer(
                    EXIT_MILLISECONDS,
                    now -> {
                      LOG.infof("fault exit: exiting with code %d", exit.code());
                      // Waits until the output is written, which must not block the event loop.
                      new Thread(() -> StandardOutput.halt(exit.code()), "fault-exit").start();
                    }));
    return exit;
  }

  @POST
  @Path("allocate")
  @NonBlocking
  @Operation(
      operationId = "allocate",
      summary = "Allocate memory outside the Java heap",
      description =
          "Writes to all of the memory. Beyond the container's limit the kernel kills the process"
              + " (OOMKilled, exit code 137). The memory is freed after the time in hold. Another"
              + " call replaces this one.")
  @APIResponse(responseCode = "200", description = "Allocation has started")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList allocate(
      @QueryParam("size")
          @DefaultValue("200Mi")
          @Parameter(description = "Size, 1Ki to 8Gi, as a Kubernetes quantity")
          String size,
      @QueryParam("hold") @DefaultValue("5m") @Parameter(description = "Duration, 100ms to 1h")
          String hold) {
    check();
    long bytes = RequestParameter.size("size", size, 1 << 10, LARGEST);
    return only(faults.allocate(bytes, time("hold", hold)));
  }

  @POST
  @Path("burn")
  @NonBlocking
  @Operation(
      operationId = "burn",
      summary = "Keep processor cores busy",
      description = "Shows autoscaling, and throttling at the container's limit.")
  @APIResponse(responseCode = "200", description = "The cores are busy")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList burn(
      @QueryParam("cores") @DefaultValue("1") @Parameter(description = "Number of threads, 1 to 64")
          String cores,
      @QueryParam("for") @DefaultValue("30s") @Parameter(description = "Duration, 100ms to 1h")
          String time) {
    check();
    int threads = RequestParameter.integer("cores", cores, 1, MOST_CORES);
    return only(faults.burn(threads, time("for", time)));
  }

  @POST
  @Path("hang")
  @NonBlocking
  @Operation(
      operationId = "hang",
      summary = "Make requests hang",
      description =
          "Requests wait until the fault ends. Probes, scrapes, hooks, /lifecycle and /faults do"
              + " not wait. At most 500 requests wait; further ones get 503.")
  @APIResponse(responseCode = "200", description = "Requests wait")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList hang(
      @QueryParam("for") @DefaultValue("30s") @Parameter(description = "Duration, 100ms to 1h")
          String time) {
    check();
    return only(faults.hang(time("for", time)));
  }

  @POST
  @Path("errors")
  @NonBlocking
  @Operation(
      operationId = "errors",
      summary = "Return 500 for a share of the requests",
      description = "Probes, scrapes, hooks, /lifecycle and /faults do not fail.")
  @APIResponse(responseCode = "200", description = "The share of the requests fails")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList errors(
      @QueryParam("rate")
          @DefaultValue("0.2")
          @Parameter(description = "Share of the requests, above 0 and up to 1")
          String rate,
      @QueryParam("for") @DefaultValue("1m") @Parameter(description = "Duration, 100ms to 1h")
          String time) {
    check();
    double share = RequestParameter.share("rate", rate);
    return only(faults.errors(share, time("for", time)));
  }

  @POST
  @Path("{name}")
  @NonBlocking
  @Operation(
      operationId = "unknownFault",
      summary = "Report an unknown fault",
      description = "Returns 404 with the names of all faults.")
  @APIResponse(responseCode = "403", description = OFF)
  @APIResponse(responseCode = "404", description = "No fault has this name")
  public FaultList unknown(
      @PathParam("name") @Parameter(description = "The name of a fault that does not exist")
          String name) {
    check();
    throw new ProblemException(
        Problem.of(
            404,
            "no fault named '%s'; use exit, allocate, burn, hang or errors"
                .formatted(Printable.line(name, LONGEST_NAME))));
  }

  private static Duration time(String name, String text) {
    return RequestParameter.duration(name, text, SHORTEST, LONGEST);
  }

  private static FaultList only(ActiveFault fault) {
    return new FaultList(List.of(fault));
  }

  private void check() {
    if (!allowed) {
      throw new ProblemException(
          Problem.of(403, "faults are disabled; set LAB_DEMO_FAULTS=true to enable them"));
    }
  }
}
