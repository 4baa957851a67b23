package io.podlab.board.timeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Serves moments and recordings. It writes each answer only as fast as the client reads it. */
@Singleton
@Path("/")
@Tag(name = "moments", description = "What happened in the cluster, for programs and terminals")
public final class MomentsResource {
  private static final int PIECE = 16 * 1024;
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Timeline timeline;
  private final MomentStream stream;
  private final RecordingJson json;

  @Inject
  MomentsResource(Timeline timeline, MomentStream stream, ObjectMapper mapper) {
    this.timeline = timeline;
    this.stream = stream;
    this.json = new RecordingJson(mapper);
  }

  @GET
  @Path("moments")
  @Blocking
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(
      operationId = "moments",
      summary = "List or stream moments",
      description =
          "Returns what happened in the last hour: a table as text, a recording as JSON (lanes and"
              + " moments, sorted by order, then id). With ?follow or Accept: text/event-stream it"
              + " streams server-sent events: first the selected moments, then each new one. An event"
              + " named lane is a Lane; it precedes the first moment of the lane and repeats when the"
              + " lane changes. An event without a name is a Moment and has an id. An event named time"
              + " is a Status and comes every second. A client that reconnects with Last-Event-ID"
              + " gets every moment that the board still keeps. If the board does not know the id,"
              + " for example after a restart, it sends an event named reset and then all moments.")
  @Parameter(
      name = "follow",
      in = ParameterIn.QUERY,
      description = "Streams server-sent events; needs no value",
      allowEmptyValue = true,
      schema = @Schema(type = SchemaType.STRING))
  @APIResponse(
      responseCode = "200",
      description = "Moments as a table, as JSON or as a stream",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Recording.class)),
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(oneOf = {Moment.class, Lane.class, Status.class}))
      })
  @APIResponse(responseCode = "400", description = "A parameter is invalid")
  @APIResponse(responseCode = "404", description = "The namespace is not watched")
  @APIResponse(responseCode = "503", description = "Too many streams (at most 200)")
  public RestMulti<byte[]> moments(
      @QueryParam("namespace") @Parameter(description = "Only this namespace", example = "default")
          String namespace,
      @QueryParam("pod")
          @Parameter(
              description =
                  "Only pods with this name, the Services that have them as endpoints, and interrupted"
                      + " watches",
              example = "web-1")
          String pod,
      @QueryParam("since")
          @Parameter(
              description =
                  "Only moments after the one with this id or event id, since this time, or within"
                      + " this duration",
              example = "5m")
          String since) {
    Recording selected = selection(namespace, pod, since).of(timeline.recording());
    return answer(new MomentTable(selected, Optional.ofNullable(pod)).lines(), MediaType.TEXT_PLAIN)
        .build();
  }

  @GET
  @Path("moments")
  @Blocking
  // A client without a preference gets text.
  @Produces(MediaType.APPLICATION_JSON + ";qs=0.5")
  @Operation(hidden = true)
  public RestMulti<byte[]> momentsAsJson(
      @QueryParam("namespace") String namespace,
      @QueryParam("pod") String pod,
      @QueryParam("since") String since) {
    Recording selected = selection(namespace, pod, since).of(timeline.recording());
    return answer(json.lines(selected), MediaType.APPLICATION_JSON).build();
  }

  @GET
  @Path("moments")
  @NonBlocking
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> follow(
      @QueryParam("namespace") String namespace,
      @QueryParam("pod") String pod,
      @QueryParam("since") String since,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastId,
      @Context Sse sse,
      @Context RoutingContext request) {
    boolean sinceEvent = since != null && MomentStream.ID.matcher(since).matches();
    Optional<String> last =
        Optional.ofNullable(lastId).or(() -> sinceEvent ? Optional.of(since) : Optional.empty());
    return stream
        .follow(selection(namespace, pod, sinceEvent ? null : since), last, request)
        .map(
            event -> {
              OutboundSseEvent.Builder builder = sse.newEventBuilder().data(event.data());
              event.name().ifPresent(builder::name);
              event.id().ifPresent(builder::id);
              return builder.build();
            });
  }

  @GET
  @Path("recording.json")
  @Blocking
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "recording",
      summary = "Download a recording",
      description =
          "Returns all lanes and moments. The page can open the file, and so can a board"
              + " with LAB_BOARD_RECORDING. The response is JSON for any Accept header.")
  @APIResponse(
      responseCode = "200",
      description = "The recording",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Recording.class)))
  public RestMulti<byte[]> recording() {
    Recording all = timeline.recording();
    return answer(json.lines(all), MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"podlab-recording-%s.json\""
                .formatted(FILE_TIME.format(all.to())))
        .build();
  }

  private Selection selection(String namespace, String pod, String since) {
    return Query.parse(namespace, pod, since, timeline.namespaces(), timeline.now(), stream::given);
  }

  private static RestMulti.SyncRestMulti.Builder<byte[]> answer(Stream<String> lines, String type) {
    Iterator<String> iterator = lines.iterator();
    Multi<byte[]> pieces = Multi.createFrom().iterable(() -> new Pieces(iterator));
    return RestMulti.fromMultiData(pieces)
        .encodeAsJsonArray(false)
        .header(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }

  /** Groups lines into pieces that are large enough for one write. */
  private record Pieces(Iterator<String> lines) implements Iterator<byte[]> {
    @Override
    public boolean hasNext() {
      return lines.hasNext();
    }

    @Override
    public byte[] next() {
      StringBuilder piece = new StringBuilder();
      while (lines.hasNext() && piece.length() < PIECE) {
        piece.append(lines.next());
      }
      return piece.toString().getBytes(StandardCharsets.UTF_8);
    }
  }
}
