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

/** {@code GET /picture.svg}: the drawing to take home. */
@Singleton
@Path("/picture.svg")
@Tag(name = "picture", description = "The drawing as one file")
public final class PictureResource {
  private static final String SVG = "image/svg+xml";
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_CHARACTERS = 200;
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final Timeline timeline;

  PictureResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "picture",
      summary = "The drawing as SVG",
      description =
          "One standalone SVG, whatever Accept says: no script, no font from elsewhere. It follows"
              + " the reader's light or dark scheme. Times are in UTC.")
  @APIResponse(
      responseCode = "200",
      description = "The picture",
      content = @Content(mediaType = SVG))
  @APIResponse(responseCode = "400", description = "A parameter is not valid")
  public Response picture(
      @Parameter(description = "How much time to draw, up to now: 10s to 1h")
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
              throw refused("namespace", name, "is not a namespace", "a name such as default");
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
      // Refused below.
    }
    throw refused(
        "last", text, "is not a time that can be drawn", "10s to 1h, for example 5m or 1m30s");
  }

  private static LabelSelector selector(String text) {
    try {
      if (text.length() <= MOST_CHARACTERS) {
        return LabelSelector.parse(text);
      }
    } catch (IllegalArgumentException notOne) {
      // Refused below.
    }
    throw refused(
        "label",
        text,
        "is not a label selector",
        "at most 200 characters of key=value, key!=value or key, separated by commas; for example"
            + " app=web");
  }

  private static ProblemException refused(String field, String text, String why, String accepted) {
    return new ProblemException(
        Problem.badField(field, Printable.quoted(text) + " " + why, accepted));
  }
}
