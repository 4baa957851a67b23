package io.podlab.config.reload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.podlab.config.settings.Excerpt;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /config/rollback/{revision}}. */
@Singleton
@Path("/config/rollback/{revision}")
@Tag(name = "config", description = "The configuration in effect")
public final class RollbackResource {
  private final ReloadLoop loop;
  private final ReloadConfig config;

  RollbackResource(ReloadLoop loop, ReloadConfig config) {
    this.loop = loop;
    this.config = config;
  }

  /** The result of a rollback. */
  public enum Outcome {
    ROLLED_BACK("rolled back"),
    UNCHANGED("unchanged");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The answer.
   *
   * @param revision the revision in effect
   * @param loadedAt when it took effect
   * @param rollback absent if the source has the same revision
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record RolledBack(
      Outcome outcome, String revision, Instant loadedAt, Optional<Rollback> rollback)
      implements PlainText {
    @Override
    public String plainText() {
      return "%s: revision %s is in effect since %s%s\n"
          .formatted(
              outcome,
              revision,
              loadedAt,
              rollback.map(one -> ", until the source changes").orElse(""));
    }
  }

  @POST
  @Blocking
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "rollback",
      summary = "Put an earlier revision into effect",
      description =
          "Puts an accepted revision of GET /config/history into effect again, in memory only. It"
              + " stays in effect until the source has other valid content or the service restarts."
              + " Reading the same content again, such as with a reload, does not end it.")
  @APIResponse(
      responseCode = "200",
      description = "The revision is in effect; outcome is unchanged if it already was")
  @APIResponse(responseCode = "400", description = "Not a revision")
  @APIResponse(responseCode = "403", description = "LAB_CONFIG_ROLLBACK is off")
  @APIResponse(
      responseCode = "404",
      description = "The history does not have this revision, or no longer has its content")
  @APIResponse(responseCode = "409", description = "The revision was rejected")
  @APIResponse(
      responseCode = "503",
      description = "The service is busy with its sources, or the pod is stopping")
  public RolledBack rollBack(
      @PathParam("revision")
          @Parameter(
              description = "A revision of the history: 16 hex digits",
              example = "85161ec3f0f3e1d5")
          String revision) {
    if (config.rollback() == ReloadConfig.Control.OFF) {
      throw new ProblemException(
          Problem.of(403, "rollbacks are disabled; set LAB_CONFIG_ROLLBACK=on to enable them"));
    }
    if (!revision.matches("[0-9a-f]{16}")) {
      throw new ProblemException(
          Problem.badField(
              "revision",
              "'" + Excerpt.line(revision) + "' is not a revision",
              "a revision of GET /config/history, 16 hex digits such as 85161ec3f0f3e1d5"));
    }
    Reloader.RollbackResult result = loop.rollBack(revision);
    Loaded now = result.state().loaded();
    return new RolledBack(
        result.changed() ? Outcome.ROLLED_BACK : Outcome.UNCHANGED,
        now.snapshot().revision(),
        now.at(),
        result.state().rollback());
  }
}
