package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
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

/** {@code POST /-/reload}: as Prometheus has it. */
@Singleton
@Path("/-/reload")
@Tag(name = "config", description = "Live configuration")
public final class ReloadResource {
  private final Reloading reloading;
  private final Reloader reloader;

  ReloadResource(Reloading reloading, Reloader reloader) {
    this.reloading = reloading;
    this.reloader = reloader;
  }

  /** What reading again has come to. */
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
   * @param revision that is in effect now
   * @param loadedAt since when
   * @param why it is not what the source would give
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
      summary = "Reads all sources again, now",
      description =
          "Waits for nothing to settle. What is wrong is rejected as ever: the outcome says so, and"
              + " what was in effect stays. SIGHUP does the same.")
  @APIResponse(responseCode = "200", description = "It was read again; what came of it")
  @APIResponse(
      responseCode = "503",
      description = "The source in effect has not answered within 15 s")
  public Reloaded reload() {
    Loaded before = reloader.state().loaded();
    if (!reloading.reload()) {
      throw new ProblemException(
          Problem.of(503, "the source in effect has not answered within 15 s"));
    }
    State state = reloader.state();
    if (state.unreadable().isPresent()) {
      return reloaded(Outcome.UNREADABLE, state, state.unreadable().map(Trouble::why));
    }
    if (state.gone().isPresent()) {
      return reloaded(Outcome.GONE, state, state.gone().map(Trouble::why));
    }
    if (state.rejected().isPresent()) {
      return reloaded(Outcome.REJECTED, state, state.rejected().map(Rejected::sentence));
    }
    boolean same = state.loaded().snapshot().revision().equals(before.snapshot().revision());
    return reloaded(same ? Outcome.UNCHANGED : Outcome.RELOADED, state, Optional.empty());
  }

  private static Reloaded reloaded(Outcome outcome, State state, Optional<String> why) {
    Loaded loaded = state.loaded();
    return new Reloaded(outcome, loaded.snapshot().revision(), loaded.at(), why);
  }
}
