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

/** {@code GET /files/…}: what is below {@code LAB_DEMO_CONTENT}. */
@Singleton
@Blocking
@Path("/files")
@Tag(name = "content", description = "What a directory holds")
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
      summary = "What the content directory holds",
      description = "Names, a line or a list; those of directories end with a slash.")
  @APIResponse(
      responseCode = "200",
      description = "The names",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Listing.class))
      })
  @APIResponse(responseCode = "404", description = "There is no such directory")
  public Response list(@Context HttpServerRequest request) {
    return answer("", request);
  }

  @GET
  @Path("{path: .+}")
  @Operation(
      operationId = "file",
      summary = "A file of the content directory",
      description =
          "As it is at that moment, up to 16 MiB; for a directory the names in it. What is hidden, and"
              + " what a link leads to outside, is not there.")
  @APIResponse(
      responseCode = "200",
      description = "The file, or what the directory holds",
      content = @Content(mediaType = "*/*"))
  @APIResponse(responseCode = "403", description = "The file is too long, or cannot be read")
  @APIResponse(responseCode = "404", description = "There is no such file")
  public Response file(
      @PathParam("path")
          @Parameter(description = "Names with slashes between them", example = "index.html")
          String path,
      @Context HttpServerRequest request) {
    return answer(path, request);
  }

  private Response answer(String path, HttpServerRequest request) {
    java.nio.file.Path root =
        directory.orElseThrow(
            () -> notFound("there is no content; LAB_DEMO_CONTENT=DIRECTORY shows one"));
    String asked = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    for (int tries = 1; !hasEncodedSlash(request.path()) && tries <= MOST_TRIES; tries++) {
      Optional<Entry> entry = Entry.find(root, asked);
      // What is not there may be on its way: the kubelet removes what it has replaced.
      if (entry.isEmpty()) {
        continue;
      }
      try {
        return entry.get().isDirectory()
            ? listing(Listing.of(root, asked, entry.get().path()), request)
            : file(entry.get().path(), asked.substring(asked.lastIndexOf('/') + 1));
      } catch (NoSuchFileException replaced) {
        // The next try finds what has taken its place.
      } catch (IOException unreadable) {
        throw new ProblemException(
            Problem.of(403, "the file " + Printable.line(path) + " cannot be read"));
      }
    }
    throw notFound("there is no file " + Printable.line(path));
  }

  private static Response listing(Optional<Listing> listing, HttpServerRequest request) {
    boolean asJson = MediaType.APPLICATION_JSON.equals(request.getHeader(HttpHeaders.ACCEPT));
    return Response.ok(listing.orElseThrow(() -> notFound("the directory has gone")))
        .type(asJson ? MediaType.APPLICATION_JSON : MediaType.TEXT_PLAIN + ";charset=UTF-8")
        .build();
  }

  /**
   * @param name as it was asked for, which is not that of the file where a link led to it
   */
  private static Response file(java.nio.file.Path file, String name) throws IOException {
    return Response.ok(content(file))
        .type(ContentType.of(name))
        // It may be another the next moment, and is what it is called.
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  /** What is short is read at once, and cannot vanish any more; the rest the kernel passes on. */
  private static Object content(java.nio.file.Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] beginning = in.readNBytes(SHORT_BYTES + 1);
      if (beginning.length <= SHORT_BYTES) {
        return beginning;
      }
    }
    if (Files.size(file) > LONGEST_BYTES) {
      throw new ProblemException(
          Problem.of(403, "the file is longer than %d bytes".formatted(LONGEST_BYTES)));
    }
    return file.toFile();
  }

  /** A name holds no slash, so nothing that is written with one encoded is there. */
  private static boolean hasEncodedSlash(String rawPath) {
    String path = rawPath.toLowerCase(Locale.ROOT);
    return path.contains("%2f") || path.contains("%5c");
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, detail));
  }
}
