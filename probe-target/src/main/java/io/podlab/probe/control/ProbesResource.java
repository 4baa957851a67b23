package io.podlab.probe.control;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.ProbeConfig;
import io.podlab.probe.answer.ProbeType;
import io.podlab.probe.answer.Probes;
import io.podlab.probe.answer.Uptime;
import io.podlab.probe.exec.ProbeFiles;
import io.podlab.probe.grpc.HealthServer;
import io.podlab.probe.tcp.TcpPort;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.file.Files;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** {@code /probes}: shows the probes, changes them, and lists their requests. */
@Singleton
@Path("/probes")
@Tag(name = "probes", description = "Show and change the probes")
public final class ProbesResource {
  /** The number of characters of an unknown name that an error repeats. */
  private static final int LONGEST_NAME = 40;

  private final Probes probes;
  private final Uptime uptime;
  private final ProbeConfig.Control control;
  private final HealthServer grpc;
  private final TcpPort tcp;
  private final ProbeFiles files;
  private final Followers followers;

  @Inject
  ProbesResource(
      Probes probes,
      Uptime uptime,
      ProbeConfig config,
      HealthServer grpc,
      TcpPort tcp,
      ProbeFiles files,
      Followers followers) {
    this.probes = probes;
    this.uptime = uptime;
    this.control = config.control();
    this.grpc = grpc;
    this.tcp = tcp;
    this.files = files;
    this.followers = followers;
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "probes",
      summary = "List the probes",
      description =
          "Returns the status of the three probes, and the ports and files of each mechanism.")
  @APIResponse(responseCode = "200", description = "A table, or JSON")
  public Overview probes() {
    return new Overview(
        probes.all().stream().map(probe -> ProbeStatus.of(probe, uptime)).toList(),
        new Overview.Mechanisms(
            new Overview.Grpc(grpc.port(), grpc.tlsPort().orElse(null)),
            new Overview.Tcp(
                tcp.port(),
                tcp.isOpen(),
                tcp.hasOwnSchedule() ? tcp.timeline().configured().toString() : null),
            new Overview.Exec(
                files.areWritten(), Arrays.stream(ProbeType.values()).map(this::file).toList())));
  }

  private Overview.File file(ProbeType type) {
    java.nio.file.Path path = files.file(type);
    return new Overview.File(type.label(), path.toString(), Files.exists(path));
  }

  @GET
  @Path("{probe}")
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "probe",
      summary = "Get a probe",
      description = "Returns the status of one probe. The request does not count as a probe.")
  @APIResponse(responseCode = "200", description = "A table, or JSON")
  @APIResponse(responseCode = "404", description = "No probe has this name")
  public ProbeStatus probe(@PathParam("probe") @Parameter(example = "readiness") String name) {
    return ProbeStatus.of(named(name), uptime);
  }

  @PUT
  @Path("{probe}")
  @NonBlocking
  @Consumes(MediaType.WILDCARD)
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "updateProbe",
      summary = "Change a probe",
      description =
          "The body is a schedule, which starts immediately, or JSON with schedule, failNext, or"
              + " both. The Content-Type is ignored. While failNext is above 0, the tcp port is closed"
              + " and the file for exec probes is missing. Only http and grpc probes decrement"
              + " failNext, because other failing probes do not reach the program.")
  @RequestBody(
      content = {
        @Content(
            mediaType = MediaType.TEXT_PLAIN,
            schema = @Schema(type = SchemaType.STRING),
            example = "fail:30s,ok"),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
            schema = @Schema(type = SchemaType.STRING),
            example = "fail:30s,ok"),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProbeUpdate.Fields.class))
      })
  @APIResponse(responseCode = "200", description = "The new status of the probe")
  @APIResponse(
      responseCode = "400",
      description = "The body is invalid; the detail names the character")
  @APIResponse(responseCode = "403", description = "LAB_PROBE_CONTROL is off")
  @APIResponse(responseCode = "404", description = "No probe has this name")
  @APIResponse(responseCode = "413", description = "The body is larger than 4 KiB")
  public ProbeStatus update(
      @PathParam("probe") @Parameter(example = "readiness") String name, byte[] body) {
    requireControl();
    Probe probe = named(name);
    ProbeUpdate.parse(body == null ? new byte[0] : body).applyTo(probe);
    return ProbeStatus.of(probe, uptime);
  }

  @DELETE
  @Path("{probe}")
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "resetProbe",
      summary = "Reset a probe",
      description =
          "Returns to the configured schedule, whose time counts from the start of the program. To"
              + " restart a schedule, PUT it.")
  @APIResponse(responseCode = "200", description = "The new status of the probe")
  @APIResponse(responseCode = "403", description = "LAB_PROBE_CONTROL is off")
  @APIResponse(responseCode = "404", description = "No probe has this name")
  public ProbeStatus reset(@PathParam("probe") @Parameter(example = "readiness") String name) {
    requireControl();
    Probe probe = named(name);
    probe.reset();
    return ProbeStatus.of(probe, uptime);
  }

  @GET
  @Path("{probe}/history")
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "history",
      summary = "Get the last 200 requests to a probe",
      description =
          "The last request is the newest. With ?follow or Accept: text/event-stream, the response"
              + " is a stream of server-sent events: first the last 200 requests, then each new"
              + " request, as JSON. The event id is the number of the request, and Last-Event-ID"
              + " resumes after it. Exec probes and refused tcp connections do not reach the program,"
              + " so they are not listed.")
  @Parameter(
      name = "follow",
      in = ParameterIn.QUERY,
      description = "Streams server-sent events; needs no value",
      allowEmptyValue = true,
      schema = @Schema(type = SchemaType.STRING))
  @APIResponse(
      responseCode = "200",
      description = "A table, JSON, or a stream",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProbeHistory.class)),
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(implementation = SeenProbe.class))
      })
  @APIResponse(responseCode = "404", description = "No probe has this name")
  @APIResponse(responseCode = "503", description = "Too many streams (at most 100)")
  public ProbeHistory history(@PathParam("probe") @Parameter(example = "liveness") String name) {
    return ProbeHistory.of(named(name), uptime);
  }

  @GET
  @Path("{probe}/history")
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> follow(
      @PathParam("probe") String name,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String last,
      @Context Sse sse,
      @Context RoutingContext request) {
    long after = last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
    return followers
        .follow(named(name), after, request)
        .map(probe -> sse.newEventBuilder().id(Long.toString(probe.number())).data(probe).build());
  }

  private Probe named(String name) {
    return ProbeType.of(name)
        .map(probes::get)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "no probe named '%s'; use %s"
                            .formatted(Printable.line(name, LONGEST_NAME), ProbeType.labels()))));
  }

  private void requireControl() {
    if (control == ProbeConfig.Control.OFF) {
      throw new ProblemException(
          Problem.of(403, "changes are disabled; set LAB_PROBE_CONTROL=on to enable them"));
    }
  }
}
