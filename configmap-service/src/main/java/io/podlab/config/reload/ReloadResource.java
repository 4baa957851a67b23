package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.http.Representation;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /-/reload}, the same path as in Prometheus. */
@Singleton
@Path("/-/reload")
@Tag(name = "config", description = "The configuration in effect")
public final class ReloadResource {
  private final ReloadLoop loop;
  private final Reloader reloader;

  ReloadResource(ReloadLoop loop, Reloader reloader) {
    this.loop = loop;
    this.reloader = reloader;
  }

  /** Answers independent of the {@code Accept} header: clients look at the status. */
  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.always("/-/reload", Representation.TEXT, Representation.JSON);
  }

  /** The result of a reload. */
  public enum Outcome {
    UNCHANGED,
    RELOADED,
    REJECTED,
    GONE,
    UNREADABLE;

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The answer.
   *
   * @param revision the revision in effect
   * @param loadedAt when it took effect
   * @param why why the content of the source is not in effect
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Reloaded(Outcome outcome, String revision, Instant loadedAt, Optional<String> why)
      implements PlainText {
    @Override
    public String plainText() {
      return "%s: revision %s is in effect since %s%s\n"
          .formatted(outcome, revision, loadedAt, why.map(text -> "; " + text).orElse(""));
    }
  }

  @POST
  @Blocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "reload",
      summary = "Reload now",
      description =
          "Reads all sources again, without waiting until a change settles. Invalid content is"
              + " rejected as usual: the outcome is rejected, and the configuration in effect"
              + " stays. A rollback ends only if the source has other content. SIGHUP does the"
              + " same.")
  @APIResponse(responseCode = "200", description = "The outcome of the reload")
  @APIResponse(responseCode = "503", description = "The active source did not answer within 15 s")
  public Reloaded reload() {
    State before = reloader.state();
    if (!loop.reload()) {
      throw new ProblemException(
          Problem.of(503, "the active source did not answer within 15 s; try again later"));
    }
    State state = reloader.state();
    Loaded now = state.loaded();
    return new Reloaded(
        outcome(before, state),
        now.snapshot().revision(),
        now.at(),
        state.problem().or(state::rollbackSentence));
  }

  static Outcome outcome(State before, State state) {
    if (state.unreadable().isPresent()) {
      return Outcome.UNREADABLE;
    }
    if (state.gone().isPresent()) {
      return Outcome.GONE;
    }
    if (state.rejected().isPresent()) {
      return Outcome.REJECTED;
    }
    boolean sameRevision =
        state.loaded().snapshot().revision().equals(before.loaded().snapshot().revision());
    boolean rollbackEnded = before.rollback().isPresent() && state.rollback().isEmpty();
    return sameRevision && !rollbackEnded ? Outcome.UNCHANGED : Outcome.RELOADED;
  }
}
