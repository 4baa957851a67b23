package io.podlab.token.token;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.http.Problem;
import io.podlab.token.http.ProblemException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** {@code /tokens}: what {@code kubeadm token create} and {@code kubeadm token list} do. */
@Path("/tokens")
@Singleton
@Startup // so that its metrics are there before the first request
@Tag(name = "tokens", description = "Bootstrap tokens")
public final class TokenResource {
  private static final Logger LOG = Logger.getLogger(TokenResource.class);

  private final TokenStore store;
  private final Clock clock;
  private final Counter created;

  @Inject
  TokenResource(TokenStore store, Clock clock, MeterRegistry meters) {
    this.store = store;
    this.clock = clock;
    this.created =
        Counter.builder("lab.token.operations")
            .description("What was done to tokens")
            .tag("operation", "create")
            .tag("result", "ok")
            .register(meters);
    Gauge.builder("lab.tokens", store, tokens -> tokens.list().size())
        .description("Tokens that exist")
        .tag("status", "active")
        .register(meters);
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "createToken",
      summary = "Makes a token",
      description =
          "Text is the token on a line, as kubeadm prints it. An empty body makes one that lives"
              + " for 24 hours.")
  @RequestBody(
      required = false,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TokenRequest.Fields.class),
            example = "{\"ttl\": \"2h\", \"description\": \"worker 3\"}"),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
            schema = @Schema(implementation = TokenRequest.Fields.class),
            example = "ttl=2h")
      })
  @APIResponse(
      responseCode = "201",
      description = "Made, and kept: it survives a crash",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CreatedToken.class))
      })
  @APIResponse(
      responseCode = "400",
      description = "A field is wrong; says which and what is accepted")
  @APIResponse(responseCode = "409", description = "A token with this id exists")
  @APIResponse(responseCode = "413", description = "The body is longer than 64 KiB")
  @APIResponse(responseCode = "429", description = "There are 10,000 tokens already")
  public Response create(@HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type, String body) {
    boolean json = type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    BootstrapToken token = store.create(TokenRequest.parse(json, body == null ? "" : body));
    created.increment();
    LOG.infof("made token %s, expires %s", token.id(), expiry(token));
    return Response.created(URI.create("/tokens/" + token.id()))
        .entity(CreatedToken.of(token))
        .build();
  }

  private static String expiry(BootstrapToken token) {
    return token.expires().map(Object::toString).orElse("never");
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "listTokens",
      summary = "The tokens that have not expired",
      description =
          "Text is the table of `kubeadm token list`, nothing if there are none; JSON an array with"
              + " the fields of `kubeadm token list -o json`.")
  @APIResponse(
      responseCode = "200",
      description = "By id",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.ARRAY, implementation = ListedToken.class))
      })
  public TokenList list() {
    return TokenList.of(store.list(), clock.instant());
  }

  @GET
  @Path("{id}")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(operationId = "token", summary = "One token", description = "As in the list.")
  @APIResponse(
      responseCode = "200",
      description = "It exists and has not expired",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ListedToken.class))
      })
  @APIResponse(responseCode = "404", description = "No token has this id, or it has expired")
  public OneToken token(@PathParam("id") @Parameter(example = "abcdef") String id) {
    return store.list().stream()
        .filter(token -> token.id().equals(id))
        .findFirst()
        .map(token -> OneToken.of(token, clock.instant()))
        .orElseThrow(
            () -> new ProblemException(Problem.of(404, "no token has the id \"" + id + "\"")));
  }
}
