package io.podlab.board.picture;

import io.podlab.board.timeline.Timeline;
import io.podlab.kit.duration.GoDuration;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /picture.svg}: the timeline as a file. */
@Singleton
@Path("/picture.svg")
@Tag(name = "picture", description = "The timeline as an SVG file")
public final class PictureResource {
  private static final String SVG = "image/svg+xml";
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_CHARACTERS = 200;
  private static final int LONGEST_SHOWN = 100;
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Timeline timeline;

  PictureResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "picture",
      summary = "Get the timeline as SVG",
      description =
          "Returns a standalone SVG for any Accept header, without scripts or external fonts. It"
              + " follows the light or dark scheme of the viewer. Times are in UTC.")
  @APIResponse(
      responseCode = "200",
      description = "The timeline as SVG",
      content = @Content(mediaType = SVG))
  @APIResponse(responseCode = "400", description = "A parameter is not valid")
  public Response picture(
      @Parameter(description = "The duration to draw, up to now: 10s to 1h")
          @QueryParam("last")
          @DefaultValue("5m")
          String last,
      @Parameter(description = "Only this namespace") @QueryParam("namespace") String namespace,
      @Parameter(description = "Only pods with these labels, for example app=web,tier!=db")
          @QueryParam("label")
          @DefaultValue("")
          String label) {
    Duration time = time(last);
    Optional<String> only = Optional.ofNullable(namespace).filter(name -> !name.isEmpty());
    only.filter(name -> !NAMESPACE.matcher(name).matches())
        .ifPresent(
            name -> {
              throw invalid("namespace", name, "is not a namespace name", "a name such as default");
            });
    return Response.ok(Picture.draw(timeline.recording(), time, only, selector(label)))
        .type(SVG + ";charset=UTF-8")
        .header("Cache-Control", "no-store")
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  static Duration time(String text) {
    try {
      Duration time = GoDuration.parse(text);
      if (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0) {
        return time;
      }
    } catch (IllegalArgumentException notOne) {
      // Reported below.
    }
    throw invalid(
        "last", text, "is not a duration from 10s to 1h", "Go syntax such as 5m or 1m30s");
  }

  private static LabelSelector selector(String text) {
    try {
      if (text.length() <= MOST_CHARACTERS) {
        return LabelSelector.parse(text);
      }
    } catch (IllegalArgumentException notOne) {
      // Reported below.
    }
    throw invalid(
        "label",
        text,
        "is not a label selector",
        "key=value, key!=value or key, such as app=web,tier!=db (at most 200 characters)");
  }

  private static ProblemException invalid(String field, String text, String why, String accepted) {
    return new ProblemException(
        Problem.badField(
            field, "'%s' %s".formatted(Printable.line(text, LONGEST_SHOWN), why), accepted));
  }
}
