package io.podlab.config.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlab.config.delivery.Answer;
import io.podlab.config.reload.Reloader;
import io.podlab.config.reload.SourceStatus;
import io.podlab.config.settings.Document;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /config/check}. */
@Singleton
@Path(CheckResource.PATH)
@Tag(name = "config", description = "The configuration in effect")
public final class CheckResource {
  static final String PATH = "/config/check";

  private final Reloader reloader;
  private final ObjectMapper mapper;
  private final KubernetesSerialization serialization;

  /** Parsing a document needs ten times its size; two at once do not fit into the memory. */
  private final Object oneAtATime = new Object();

  CheckResource(Reloader reloader, ObjectMapper mapper, KubernetesSerialization serialization) {
    this.reloader = reloader;
    this.mapper = mapper;
    this.serialization = serialization;
  }

  @POST
  @Blocking
  @Consumes(MediaType.WILDCARD)
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "configCheck",
      summary = "Check a configuration before you apply it",
      description =
          "Accepts a ConfigMap manifest, or keys and values, as YAML or JSON, up to 3 MiB; the"
              + " Content-Type is ignored. Changes nothing. The response lists the errors by key, the"
              + " rules of the API server that the configuration breaks, why kubectl apply would"
              + " fail, the keys that kubectl apply would keep, and the changes, with a diff for"
              + " each value of several lines. The checked rules of"
              + " the API server are: 1 MiB of values, 256 KiB of annotations, valid key names, no"
              + " key in both data and binaryData, and no change of an immutable ConfigMap. A"
              + " manifest counts as the whole ConfigMap: without immutable: true it cannot replace"
              + " an immutable one. A null value counts as an empty value. To check all other rules,"
              + " run the command in dryRun.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
      })
  @APIResponse(
      responseCode = "200",
      description = "The result of the check",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Check.class))
      })
  @APIResponse(
      responseCode = "400",
      description = "The body is neither a ConfigMap manifest nor keys and values")
  @APIResponse(responseCode = "408", description = "The body did not arrive within 10 s")
  @APIResponse(responseCode = "503", description = "Too many checks at the same time (at most 2)")
  public Answer check(byte[] body) {
    synchronized (oneAtATime) {
      return new Answer(
          Check.of(
              Candidate.parse(utf8(body), serialization), reloader.state(), live(), serialization),
          mapper);
    }
  }

  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(
          Problem.badField("body", Document.encoding(body), "a text file saved as UTF-8"));
    }
  }

  private Optional<LiveConfigMap> live() {
    return SourceStatus.api(reloader.statuses())
        .map(status -> LiveConfigMap.of(status.source().origin(), status.reading()));
  }
}
