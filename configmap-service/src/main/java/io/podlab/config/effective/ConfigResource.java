package io.podlab.config.effective;

import io.podlab.config.delivery.Answer;
import io.podlab.config.delivery.Streams;
import io.podlab.config.reload.Reloader;
import io.podlab.config.settings.Excerpt;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The configuration that is in effect. {@link QuickAnswer} gives the plain form of it. */
@Singleton
@Path("/config")
@Tag(name = "config", description = "Live configuration")
public final class ConfigResource {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Text for clients that do not care. */
  private static final List<Variant> FORMS =
      Variant.mediaTypes(
              MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"),
              MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
          .build();

  private final Reloader reloader;
  private final Answers answers;
  private final Streams streams;

  ConfigResource(Reloader reloader, Answers answers, Streams streams) {
    this.reloader = reloader;
    this.answers = answers;
    this.streams = streams;
  }

  @GET
  @NonBlocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "config",
      summary = "The configuration in effect",
      description =
          "Effective values, defaults included; the source; the revision; and, if what the source"
              + " holds now is not in effect, why. The ETag changes with any of it. With watch the answer"
              + " waits, for 60 s at most, until another revision than the named one is in effect.")
  @APIResponse(
      responseCode = "200",
      description = "The configuration in effect",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = EffectiveConfig.class))
      })
  @APIResponse(
      responseCode = "304",
      description = "If-None-Match names the ETag of this answer",
      content = {})
  @APIResponse(responseCode = "400", description = "watch is not a revision")
  @APIResponse(responseCode = "503", description = "1,000 requests wait already")
  public Uni<Response> config(
      @QueryParam("watch")
          @Parameter(
              description = "The revision that is known: 16 hex digits",
              example = "85161ec3f0f3e1d5")
          String watch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Parameter(description = "ETags that are known")
          String ifNoneMatch,
      @Context Request request) {
    // Quarkus REST finds the type of a Response by itself, but not for HEAD. This sets Vary, too.
    Variant form = request.selectVariant(FORMS);
    if (watch == null) {
      Uni<Response> now = Uni.createFrom().item(() -> answer(ifNoneMatch, form));
      return answers.isLong() ? now.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) : now;
    }
    if (!watch.matches("[0-9a-f]{16}")) {
      throw new ProblemException(
          Problem.badField(
              "watch",
              "'" + Excerpt.line(watch) + "' is not a revision",
              "16 hex digits, the revision of an earlier answer"));
    }
    return reloader
        .await()
        .filter(state -> !state.loaded().snapshot().revision().equals(watch))
        .toUni()
        .replaceWithVoid()
        .ifNoItem()
        .after(LONGEST_WAIT)
        .recoverWithItem((Void) null)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(nextOrTime -> answer(ifNoneMatch, form));
  }

  private Response answer(String ifNoneMatch, Variant form) {
    Answers.Current now = answers.now();
    Response.ResponseBuilder answer =
        EntityTags.match(ifNoneMatch, now.revisionTag())
            ? Response.notModified()
            : Response.ok(now.answer(), form);
    return answer
        .header(HttpHeaders.ETAG, now.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  @GET
  // /config/check is a path of its own, and takes POST only.
  @Path("{key: (?!check/?$)[^/]+}")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "configValue",
      summary = "One effective value",
      description =
          "In text, the value alone. Keys named history, stream or check are in GET /config only.")
  @APIResponse(
      responseCode = "200",
      description = "The value",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = OneValue.class))
      })
  @APIResponse(responseCode = "404", description = "There is no such key")
  public Answer value(
      @PathParam("key") @Parameter(description = "The key", example = "greeting") String key) {
    return answers
        .value(key)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "there is no key '%s'; GET /config lists all"
                            .formatted(Excerpt.line(key)))));
  }

  @GET
  @Path("history")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "configHistory",
      summary = "The last 100 revisions, accepted or rejected",
      description =
          "The newest first, each with what it changes of what was in effect before it: the first"
              + " 100 keys or 10,000 characters, and values cut to 200 characters.")
  @APIResponse(
      responseCode = "200",
      description = "The history",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = History.class))
      })
  public Answer history() {
    return answers.history();
  }

  @GET
  @Path("stream")
  @NonBlocking
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "configStream",
      summary = "The configuration in effect, as it changes",
      description =
          "Server-sent events, whatever Accept says: the present answer of GET /config, and again"
              + " whenever a change is accepted or rejected, or the source is gone or unreadable. A"
              + " slow client gets only the newest state.")
  @APIResponse(
      responseCode = "200",
      description = "A stream of it",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = EffectiveConfig.class)))
  @APIResponse(responseCode = "503", description = "200 streams are open already")
  public Response stream() {
    // One is asked for at a time, so that what waits for a slow client is one state.
    return streams.of(
        reloader
            .follow()
            .emitOn(Infrastructure.getDefaultWorkerPool(), 1)
            .map(state -> answers.now())
            .skip()
            .repetitions((one, other) -> one.state() == other.state() ? 0 : 1)
            .map(now -> now.answer().event()));
  }
}
