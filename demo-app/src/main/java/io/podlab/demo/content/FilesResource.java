package io.podlab.demo.content;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.kit.text.Printable;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /files/…}: the files below {@code LAB_DEMO_CONTENT}. */
@Singleton
@Blocking
@Path("/files")
@Tag(name = "content", description = "Files of the content directory")
public final class FilesResource {
  static final long LONGEST_BYTES = 16 * 1024 * 1024;

  private static final int SHORT_BYTES = 64 * 1024;
  private static final int MOST_TRIES = 3;

  private final Optional<java.nio.file.Path> directory;

  FilesResource(ContentConfig config) {
    this.directory = config.content();
  }

  @GET
  @Operation(
      operationId = "listFiles",
      summary = "List the content directory",
      description =
          "Returns one name per line as text, or an array as JSON. The names of directories end"
              + " with a slash.")
  @APIResponse(
      responseCode = "200",
      description = "The names",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Listing.class))
      })
  @APIResponse(
      responseCode = "404",
      description = "No content directory is configured, or it does not exist")
  public Response list(@Context HttpServerRequest request) {
    return answer("", request);
  }

  @GET
  @Path("{path: .+}")
  @Operation(
      operationId = "file",
      summary = "Read a file of the content directory",
      description =
          "Returns the current content, up to 16 MiB. For a directory, returns the names in it."
              + " Hidden files, and links that lead outside the directory, get 404.")
  @APIResponse(
      responseCode = "200",
      description = "The file, or the names in the directory",
      content = @Content(mediaType = "*/*"))
  @APIResponse(responseCode = "403", description = "The file is too large or cannot be read")
  @APIResponse(responseCode = "404", description = "The file does not exist")
  public Response file(
      @PathParam("path")
          @Parameter(description = "Path below the content directory", example = "index.html")
          String path,
      @Context HttpServerRequest request) {
    return answer(path, request);
  }

  private Response answer(String path, HttpServerRequest request) {
    java.nio.file.Path root =
        directory.orElseThrow(
            () -> notFound("no content directory is configured; set LAB_DEMO_CONTENT"));
    String asked = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (int tries = 1; !hasEncodedSlash(request.path()) && tries <= MOST_TRIES; tries++) {
      Optional<Entry> entry = Entry.find(root, asked);
      // The kubelet may be replacing the file: it removes old files of a volume.
      if (entry.isEmpty()) {
        continue;
      }
      try {
        return entry.get().isDirectory()
            ? listing(Listing.of(root, asked, entry.get().path()), request)
            : file(entry.get().path(), asked.substring(asked.lastIndexOf('/') + 1));
      } catch (NoSuchFileException replaced) {
        // The next try finds the new file.
      } catch (IOException unreadable) {
        throw new ProblemException(
            Problem.of(403, "cannot read the file '%s'".formatted(Printable.line(path))));
      }
    }
    throw notFound("no file named '%s'; /files/ lists the files".formatted(Printable.line(path)));
  }

  private static Response listing(Optional<Listing> listing, HttpServerRequest request) {
    boolean asJson = MediaType.APPLICATION_JSON.equals(request.getHeader(HttpHeaders.ACCEPT));
    return Response.ok(listing.orElseThrow(() -> notFound("the directory no longer exists")))
        .type(asJson ? MediaType.APPLICATION_JSON : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .build();
  }

  /**
   * @param name the requested name; the file's own name differs after a link
   */
  private static Response file(java.nio.file.Path file, String name) throws IOException {
    return Response.ok(content(file))
        .type(ContentType.of(name))
        // The file can change at any time, and its name decides its type.
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  /**
   * Reads a short file now, so that a replacement cannot remove it. The kernel sends a longer one.
   */
  private static Object content(java.nio.file.Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] beginning = in.readNBytes(SHORT_BYTES + 1);
      if (beginning.length <= SHORT_BYTES) {
        return beginning;
      }
    }
    if (Files.size(file) > LONGEST_BYTES) {
      throw new ProblemException(Problem.of(403, "the file is too large (at most 16 MiB)"));
    }
    return file.toFile();
  }

  /** File names do not contain slashes, so a path with an encoded slash matches no file. */
  private static boolean hasEncodedSlash(String rawPath) {
    String path = rawPath.toLowerCase(Locale.ROOT);
    return path.contains("%2f") || path.contains("%5c");
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, detail));
  }
}
