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
@Tag(name = "config", description = "Live configuration")
public final class CheckResource {
  static final String PATH = "/config/check";

  private final Reloader reloader;
  private final ObjectMapper mapper;
  private final KubernetesSerialization serialization;

  /** A document takes ten times its length while it is read, and has to fit the container. */
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
      summary = "What would happen if this were the configuration",
      description =
          "Takes a ConfigMap manifest or bare keys, as YAML or JSON of whatever Content-Type, up to"
              + " 3 MiB. Tells errors by key; the rules of the API server that it breaks: 1 MiB of"
              + " values, 256 KiB of annotations, names of keys, a key in data and in binaryData, a"
              + " live ConfigMap that is immutable; whether kubectl apply would fail because of the"
              + " annotation that it adds; which keys it would keep because others added them; and"
              + " what would change. A manifest counts as the whole"
              + " ConfigMap: without immutable: true it cannot replace one that is immutable. A value"
              + " that is null is empty. Changes nothing. For all other rules, ask the API server with"
              + " the command that it names.")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
      })
  @APIResponse(
      responseCode = "200",
      description = "What would happen",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Check.class))
      })
  @APIResponse(responseCode = "400", description = "It is neither a ConfigMap nor keys")
  @APIResponse(responseCode = "408", description = "The body did not come within 10 s")
  @APIResponse(responseCode = "503", description = "Two such bodies are being read already")
  public Answer check(byte[] body) {
    synchronized (oneAtATime) {
      return new Answer(
          Check.of(
              Candidate.parse(utf8(body), serialization),
              reloader.state().loaded().snapshot(),
              live(),
              serialization),
          mapper);
    }
  }

  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(Problem.badField("body", Document.notUtf8(body), "YAML or JSON"));
    }
  }

  private Optional<Live> live() {
    return SourceStatus.api(reloader.statuses())
        .map(status -> Live.of(status.source().origin(), status.reading()));
  }
}
