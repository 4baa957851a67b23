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

/** What happened, for programs. Each answer is written as fast as its client reads it. */
@Singleton
@Path("/")
@Tag(name = "moments", description = "What happened, for programs and terminals")
public final class MomentsResource {
  private static final int PIECE = 16 * 1024;
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Timeline timeline;
  private final Following following;
  private final RecordingJson json;

  @Inject
  MomentsResource(Timeline timeline, Following following, ObjectMapper mapper) {
    this.timeline = timeline;
    this.following = following;
    this.json = new RecordingJson(mapper);
  }

  @GET
  @Path("moments")
  @Blocking
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(
      operationId = "moments",
      summary = "What happened in the last hour",
      description =
          "As text a table; as JSON a recording: the lanes and their moments, sorted by order, then"
              + " id. With ?follow, or Accept: text/event-stream, server-sent events: first all that"
              + " is selected, then each as it comes. An event named lane is a Lane, and comes before"
              + " the first moment of it, and again when it changes; one without a name is a Moment,"
              + " and has an id; one named time is a Status, and comes every second. A client that"
              + " comes back with Last-Event-ID misses nothing that is still kept; if the board"
              + " does not know the id, since it has restarted, an event named reset comes first, and"
              + " then all.")
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
            schema = @Schema(implementation = Recording.class)),
        @Content(
            mediaType = MediaType.SERVER_SENT_EVENTS,
            schema = @Schema(oneOf = {Moment.class, Lane.class, Status.class}))
      })
  @APIResponse(responseCode = "400", description = "A parameter is invalid")
  @APIResponse(responseCode = "404", description = "The namespace is not watched")
  @APIResponse(responseCode = "503", description = "200 clients follow already")
  public RestMulti<byte[]> moments(
      @QueryParam("namespace") @Parameter(description = "Only this namespace", example = "default")
          String namespace,
      @QueryParam("pod")
          @Parameter(
              description =
                  "Only pods of this name, the Services that they are endpoints of, and when nothing"
                      + " could be seen",
              example = "web-1")
          String pod,
      @QueryParam("since")
          @Parameter(
              description =
                  "Only what came after the moment with this id, or event id; or since this time, or"
                      + " for this long",
              example = "5m")
          String since) {
    Recording selected = selection(namespace, pod, since).of(timeline.recording());
    return answer(new MomentTable(selected).lines(), MediaType.TEXT_PLAIN).build();
  }

  @GET
  @Path("moments")
  @Blocking
  // Comes after text for a client that says nothing, which Content-Type need not repeat.
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
    boolean sinceEvent = since != null && Following.ID.matcher(since).matches();
    Optional<String> last =
        Optional.ofNullable(lastId).or(() -> sinceEvent ? Optional.of(since) : Optional.empty());
    return following
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
      summary = "All that the board knows, as a file",
      description =
          "The page opens it again, and so does the board, with LAB_BOARD_RECORDING. It is JSON,"
              + " whatever Accept says.")
  @APIResponse(
      responseCode = "200",
      description = "The file",
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
    return Query.parse(
        namespace, pod, since, timeline.namespaces(), timeline.now(), following::given);
  }

  private static RestMulti.SyncRestMulti.Builder<byte[]> answer(Stream<String> lines, String type) {
    Iterator<String> iterator = lines.iterator();
    Multi<byte[]> pieces = Multi.createFrom().iterable(() -> new Pieces(iterator));
    return RestMulti.fromMultiData(pieces)
        .encodeAsJsonArray(false)
        .header(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }

  /** Lines, as many at once as are worth a write. */
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
