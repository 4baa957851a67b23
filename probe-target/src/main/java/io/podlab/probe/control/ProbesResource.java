package io.podlab.probe.control;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.probe.exec.ProbeFiles;
import io.podlab.probe.grpc.HealthServer;
import io.podlab.probe.probe.Probe;
import io.podlab.probe.probe.ProbeConfig;
import io.podlab.probe.probe.ProbeType;
import io.podlab.probe.probe.Probes;
import io.podlab.probe.probe.Uptime;
import io.podlab.probe.tcp.TcpPort;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
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

/** {@code /probes}: the page that a trainer has open. */
@Singleton
@Path("/probes")
@Tag(name = "probes", description = "Looking at the probes, and changing them live")
public final class ProbesResource {
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
      summary = "The three probes as they are now",
      description = "And the ports and files by which they are asked.")
  @APIResponse(
      responseCode = "200",
      description = "A table, or JSON",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Overview.class))
      })
  public Overview probes() {
    return new Overview(
        probes.all().stream().map(probe -> ProbeStatus.of(probe, uptime)).toList(),
        new Overview.Mechanisms(
            new Overview.Grpc(grpc.port()),
            new Overview.Tcp(
                tcp.port(),
                tcp.isOpen(),
                tcp.isOfItsOwn() ? tcp.timeline().configured().toString() : null),
            new Overview.Exec(
                files.areWritten(), Arrays.stream(ProbeType.values()).map(this::file).toList())));
  }

  private Overview.File file(ProbeType type) {
    java.nio.file.Path path = files.file(type);
    return new Overview.File(type.word(), path.toString(), Files.exists(path));
  }

  @GET
  @Path("{probe}")
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "probe",
      summary = "One probe as it is now",
      description = "Without being one: it is not counted, and uses up no failure.")
  @APIResponse(
      responseCode = "200",
      description = "A table, or JSON",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProbeStatus.Fields.class))
      })
  @APIResponse(responseCode = "404", description = "There is no such probe")
  public ProbeStatus probe(@PathParam("probe") @Parameter(example = "readiness") String name) {
    return ProbeStatus.of(named(name), uptime);
  }

  @PUT
  @Path("{probe}")
  @NonBlocking
  @Consumes(MediaType.WILDCARD)
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "orderProbe",
      summary = "Changes what a probe answers",
      description =
          "The body is a schedule, whose time begins now, or JSON with a schedule, the number of"
              + " probes that fail next, or both. Any Content-Type will do: curl -d gives a form's."
              + " A tcp or exec probe uses up no failure, since it is not seen: its port is closed"
              + " and its file away until http or grpc probes have, or failNext is 0.")
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
            schema = @Schema(implementation = Order.Fields.class))
      })
  @APIResponse(
      responseCode = "200",
      description = "The probe as it is from now on",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProbeStatus.Fields.class))
      })
  @APIResponse(
      responseCode = "400",
      description = "The body makes no sense; says at which character and what is accepted")
  @APIResponse(responseCode = "403", description = "LAB_PROBE_CONTROL is off")
  @APIResponse(responseCode = "404", description = "There is no such probe")
  @APIResponse(responseCode = "413", description = "The body is longer than 4 KiB")
  public ProbeStatus order(
      @PathParam("probe") @Parameter(example = "readiness") String name, byte[] body) {
    requireControl();
    Probe probe = named(name);
    Order.parse(body == null ? new byte[0] : body).giveTo(probe);
    return ProbeStatus.of(probe, uptime);
  }

  @DELETE
  @Path("{probe}")
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "resetProbe",
      summary = "Returns a probe to the configured schedule",
      description =
          "As if nothing had been changed: its time runs from the start of the program. To begin it"
              + " anew, PUT the same schedule.")
  @APIResponse(
      responseCode = "200",
      description = "The probe as it is from now on",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ProbeStatus.Fields.class))
      })
  @APIResponse(responseCode = "403", description = "LAB_PROBE_CONTROL is off")
  @APIResponse(responseCode = "404", description = "There is no such probe")
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
      summary = "The last 200 probes of a kind",
      description =
          "Text and JSON end with the latest. With ?follow, or Accept: text/event-stream, those that"
              + " are kept and then each as it comes, as server-sent events of the same JSON; their"
              + " id is the probe's number, and Last-Event-ID goes on after it. An exec probe cannot"
              + " be seen by this program, nor a tcp connection that was refused.")
  @Parameter(
      name = "follow",
      in = ParameterIn.QUERY,
      description = "Streams; no value needed",
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
  @APIResponse(responseCode = "404", description = "There is no such probe")
  @APIResponse(responseCode = "503", description = "100 clients follow already")
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
      @Context Sse sse) {
    long after = last != null && last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
    return followers
        .follow(named(name), after)
        .map(probe -> sse.newEventBuilder().id(Long.toString(probe.number())).data(probe).build());
  }

  private Probe named(String name) {
    return ProbeType.of(name)
        .map(probes::get)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(404, "no such probe; there are " + ProbeType.words())));
  }

  private void requireControl() {
    if (control == ProbeConfig.Control.OFF) {
      throw new ProblemException(
          Problem.of(403, "nobody changes probes here: it was started with LAB_PROBE_CONTROL=off"));
    }
  }
}
