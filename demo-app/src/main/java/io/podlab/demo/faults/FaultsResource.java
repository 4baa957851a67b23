package io.podlab.demo.faults;

import io.podlab.demo.output.StandardOutput;
import io.podlab.demo.parameter.NoEmptyParameters;
import io.podlab.demo.parameter.RequestParameter;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
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

/** {@code /faults}: makes this pod fail, for a while or for good. */
@Singleton
@NoEmptyParameters
@Path("/faults")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Tag(name = "faults", description = "Failing on demand; off unless LAB_DEMO_FAULTS=true")
public final class FaultsResource {
  static final int MOST_CORES = 64;
  static final long LARGEST = 8L << 30;
  static final Duration SHORTEST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofHours(1);

  /** Time for the answer to leave the machine. */
  private static final long EXIT_MILLISECONDS = 50;

  private static final Logger LOG = Logger.getLogger(FaultsResource.class);
  private static final String OFF = "Faults are off: LAB_DEMO_FAULTS is not true";
  private static final String BAD = "A parameter is malformed or out of range";

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
      summary = "What fails at the moment",
      description = "And until when.")
  @APIResponse(responseCode = "200", description = "The active faults, perhaps none")
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList list() {
    check();
    return faults.list();
  }

  @DELETE
  @NonBlocking
  @Operation(
      operationId = "endFaults",
      summary = "Ends all faults",
      description = "Memory is given back, requests that hang go on.")
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
      summary = "Ends one fault",
      description = "Also if it is not active; answers with those that are left.")
  @APIResponse(responseCode = "200", description = "It is not active")
  @APIResponse(responseCode = "403", description = OFF)
  @APIResponse(responseCode = "404", description = "There is no fault of that name")
  public FaultList end(
      @PathParam("name") @Parameter(description = "allocate, burn, hang or errors") String name) {
    check();
    FaultName fault =
        FaultName.of(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(404, "the faults are allocate, burn, hang and errors")));
    faults.end(fault);
    return faults.list();
  }

  @POST
  @Path("exit")
  @NonBlocking
  @Operation(
      operationId = "exit",
      summary = "Ends the process with an exit code",
      description =
          "As a crash does: nothing is drained. code: 0 to 255; Kubernetes calls 0 Completed, the"
              + " others Error.")
  @APIResponse(responseCode = "200", description = "The last answer")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public ExitFault exit(
      @QueryParam("code") @DefaultValue("1") @Parameter(description = "The exit code: 0 to 255")
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
                      LOG.infof("fault exit: code %d", exit.code());
                      // Waits for the output to be read; the event loop must not wait.
                      new Thread(() -> StandardOutput.halt(exit.code()), "fault-exit").start();
                    }));
    return exit;
  }

  @POST
  @Path("allocate")
  @NonBlocking
  @Operation(
      operationId = "allocate",
      summary = "Takes memory, outside of the Java heap",
      description =
          "And writes to all of it: beyond the container's limit the kernel kills the process"
              + " (OOMKilled, exit code 137). size: 1Ki to 8Gi. hold: 100ms to 1h, then it is given"
              + " back. Another call takes the place of the first.")
  @APIResponse(responseCode = "200", description = "Memory is being taken")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList allocate(
      @QueryParam("size")
          @DefaultValue("200Mi")
          @Parameter(description = "1Ki to 8Gi, as a Kubernetes quantity")
          String size,
      @QueryParam("hold") @DefaultValue("5m") @Parameter(description = "100ms to 1h") String hold) {
    check();
    long bytes = RequestParameter.size("size", size, 1 << 10, LARGEST);
    return only(faults.allocate(bytes, time("hold", hold)));
  }

  @POST
  @Path("burn")
  @NonBlocking
  @Operation(
      operationId = "burn",
      summary = "Keeps processors busy",
      description =
          "For the autoscaler, and for throttling at the container's limit. cores: 1 to 64 threads."
              + " for: 100ms to 1h.")
  @APIResponse(responseCode = "200", description = "They are busy")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList burn(
      @QueryParam("cores") @DefaultValue("1") @Parameter(description = "Threads: 1 to 64")
          String cores,
      @QueryParam("for") @DefaultValue("30s") @Parameter(description = "100ms to 1h") String time) {
    check();
    int threads = RequestParameter.integer("cores", cores, 1, MOST_CORES);
    return only(faults.burn(threads, time("for", time)));
  }

  @POST
  @Path("hang")
  @NonBlocking
  @Operation(
      operationId = "hang",
      summary = "Lets requests wait",
      description =
          "All but probes, scrapes, hooks, /lifecycle and /faults; they go on when it is over. No more"
              + " than 500 wait, further ones answer 503. for: 100ms to 1h.")
  @APIResponse(responseCode = "200", description = "Requests wait")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList hang(
      @QueryParam("for") @DefaultValue("30s") @Parameter(description = "100ms to 1h") String time) {
    check();
    return only(faults.hang(time("for", time)));
  }

  @POST
  @Path("errors")
  @NonBlocking
  @Operation(
      operationId = "errors",
      summary = "Answers a share of the requests with 500",
      description =
          "Of all but probes, scrapes, hooks, /lifecycle and /faults. rate: above 0, up to 1. for:"
              + " 100ms to 1h.")
  @APIResponse(responseCode = "200", description = "Requests fail")
  @APIResponse(responseCode = "400", description = BAD)
  @APIResponse(responseCode = "403", description = OFF)
  public FaultList errors(
      @QueryParam("rate") @DefaultValue("0.2") @Parameter(description = "Above 0, up to 1")
          String rate,
      @QueryParam("for") @DefaultValue("1m") @Parameter(description = "100ms to 1h") String time) {
    check();
    double share = RequestParameter.share("rate", rate);
    return only(faults.errors(share, time("for", time)));
  }

  @POST
  @Path("{name}")
  @NonBlocking
  @Operation(
      operationId = "unknownFault",
      summary = "Lists the faults if the name is unknown",
      description = "For any other name below /faults.")
  @APIResponse(responseCode = "403", description = OFF)
  @APIResponse(responseCode = "404", description = "There is no fault of that name")
  public FaultList unknown(
      @PathParam("name") @Parameter(description = "A name that is not a fault") String name) {
    check();
    throw new ProblemException(
        Problem.of(404, "the faults are exit, allocate, burn, hang and errors"));
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
          Problem.of(403, "faults are off here; the variable LAB_DEMO_FAULTS=true turns them on"));
    }
  }
}
