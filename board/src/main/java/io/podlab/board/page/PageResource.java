package io.podlab.board.page;

import io.podlab.board.picture.Drawing;
import io.podlab.board.timeline.Timeline;
import io.podlab.kit.http.Offer;
import io.podlab.kit.http.Representation;
import io.podlab.kit.page.Page;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /}: the page for browsers, an overview for other clients. */
@Singleton
@Path("/")
@Tag(name = "page", description = "The live page")
public final class PageResource {
  private static final Pattern PART = Pattern.compile("\\{\\{([a-z.-]+)}}");

  private final Page page = Page.of(html());
  private final Timeline timeline;

  PageResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @jakarta.enterprise.inject.Produces
  @Singleton
  static Offer offer() {
    return Offer.of("/", Representation.TEXT, Representation.JSON, Representation.HTML);
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "overview",
      summary = "Get an overview",
      description =
          "Returns the namespaces, the number of pods and moments, and the other endpoints. A browser"
              + " gets the live page.")
  @APIResponse(responseCode = "200", description = "The overview")
  public Overview overview() {
    return Overview.of(timeline.recording());
  }

  @GET
  @NonBlocking
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Response page() {
    return page.response();
  }

  /** Assembles the page from its parts into one file. */
  static String html() {
    Matcher part = PART.matcher(file("page.html"));
    return part.replaceAll(
        found ->
            Matcher.quoteReplacement(
                switch (found.group(1)) {
                  case "drawing.json" -> Drawing.script();
                  case "drawing.css", "drawing-dark.css" -> Drawing.file(found.group(1));
                  default -> file(found.group(1));
                }));
  }

  private static String file(String name) {
    try (InputStream file = PageResource.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
