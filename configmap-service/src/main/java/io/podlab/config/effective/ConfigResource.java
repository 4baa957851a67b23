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

/** The configuration in effect. {@link ConfigFilter} answers plain requests for {@code /config}. */
@Singleton
@Path("/config")
@Tag(name = "config", description = "The configuration in effect")
public final class ConfigResource {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** The first is for clients that accept both. */
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
      summary = "Get the configuration in effect",
      description =
          "All values, including defaults, with the source and the revision. If the source now has"
              + " other content that is not in effect, the response says why. After a rollback, it names"
              + " the revision of the source. The ETag changes whenever"
              + " the response changes, except for confirmedAt. With watch, the service answers as soon"
              + " as a revision other than the given one is in effect, or after 60 s.")
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
      description = "If-None-Match contains the current ETag",
      content = {})
  @APIResponse(responseCode = "400", description = "watch is not a revision")
  @APIResponse(responseCode = "503", description = "Too many requests with watch (at most 1,000)")
  public Uni<Response> config(
      @QueryParam("watch")
          @Parameter(
              description = "The revision that the client has: 16 hex digits",
              example = "85161ec3f0f3e1d5")
          String watch,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH)
          @Parameter(description = "The ETags that the client has")
          String ifNoneMatch,
      @Context Request request) {
    // Quarkus REST selects the type of a Response only for GET, not for HEAD. This also sets Vary.
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
              "the revision of an earlier response, 16 hex digits such as 85161ec3f0f3e1d5"));
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
  // /config/check is another resource, which accepts only POST.
  @Path("{key: (?!check/?$)[^/]+}")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "configValue",
      summary = "Get one value",
      description =
          "As text, the response is the value itself. For keys named history, stream or check, use GET /config.")
  @APIResponse(
      responseCode = "200",
      description = "The value",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = OneValue.class))
      })
  @APIResponse(responseCode = "404", description = "No key with this name")
  public Answer value(
      @PathParam("key") @Parameter(description = "The key", example = "greeting") String key) {
    return answers
        .value(key)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "no key named '%s'; GET /config lists all keys"
                            .formatted(Excerpt.line(key)))));
  }

  @GET
  @Path("history")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "configHistory",
      summary = "List the last 100 revisions: accepted, rejected, and rollbacks",
      description =
          "Newest first. Each revision lists its changes to the configuration that was in effect"
              + " before: at most 100 keys and 10,000 characters, with values cut to 200"
              + " characters. A changed value of several lines has a diff of at most 40 lines.")
  @APIResponse(
      responseCode = "200",
      description = "The revisions",
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
      summary = "Follow the configuration in effect",
      description =
          "Server-sent events, independent of the Accept header. The first event is the current"
              + " response of GET /config. Another follows when a change is accepted or rejected, after"
              + " a rollback, or when the source is gone or unreadable. A slow client gets only the newest state.")
  @APIResponse(
      responseCode = "200",
      description = "A stream of server-sent events",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = EffectiveConfig.class)))
  @APIResponse(responseCode = "503", description = "Too many streams (at most 200)")
  public Response stream() {
    // A prefetch of 1, so that only one state waits for a slow client.
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
