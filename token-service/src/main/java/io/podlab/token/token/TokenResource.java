package io.podlab.token.token;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.ca.CaHashes;
import io.podlab.token.metrics.MeasuredBackend;
import io.podlab.token.metrics.Operations;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /tokens}: what {@code kubeadm token create}, {@code list} and {@code delete} do. */
@Path("/tokens")
@Singleton
@Startup // so that its metrics are there before the first request
@Tag(name = "tokens", description = "Bootstrap tokens")
public final class TokenResource {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String REPLAYED = "Idempotency-Replayed";

  private static final String CONTROL_PLANE = "controlPlane";
  private static final String CERTIFICATE_KEY = "certificateKey";

  private final MeasuredBackend backend;
  private final TokenMaker maker;
  private final TtlLimits limits;
  private final Operations operations;
  private final Clock clock;

  @Inject
  TokenResource(
      MeasuredBackend backend,
      TokenMaker maker,
      TokenConfig config,
      Operations operations,
      Clock clock) {
    this.backend = backend;
    this.maker = maker;
    this.limits = TtlLimits.of(config);
    this.operations = operations;
    this.clock = clock;
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
      headers = {
        @Header(
            name = HttpHeaders.LOCATION,
            description = "Where the token is",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = REPLAYED,
            description = "`true` if it was made before, under the same Idempotency-Key",
            schema = @Schema(type = SchemaType.STRING))
      },
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CreatedToken.class))
      })
  @APIResponse(
      responseCode = "400",
      description = "A field is wrong, or is in the URL; says which and what is accepted")
  @APIResponse(
      responseCode = "409",
      description = "A token with this id exists, or that of the Idempotency-Key does not any more")
  @APIResponse(responseCode = "413", description = "The body is longer than 64 KiB")
  @APIResponse(
      responseCode = "422",
      description = "The Idempotency-Key was used for another request")
  @APIResponse(
      responseCode = "429",
      description = "Too many a second, or 10,000 tokens already",
      headers =
          @Header(
              name = HttpHeaders.RETRY_AFTER,
              description = "Seconds",
              schema = @Schema(type = SchemaType.INTEGER)))
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public Response create(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @HeaderParam(IDEMPOTENCY_KEY)
          @Parameter(
              description =
                  "For 10 minutes the same key returns the same token, so that a script that tries"
                      + " again makes one; 1 to 255 visible ASCII characters. A restart forgets it",
              schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 255))
          String key,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    return operations.count(
        Operations.Operation.CREATE,
        () -> {
          refuseOthers(uri, List.of());
          TokenRequest request = parse(type, body);
          // Before the token is made, which would be lost if this failed.
          Optional<Joining> joining =
              MediaType.APPLICATION_JSON.equals(accept)
                  ? Joining.of(backend.clusterInfo(), JoinOptions.WORKER)
                  : Optional.empty();
          TokenMaker.Made made = make(request, security, key);
          return created(made)
              .entity(CreatedToken.of(made.token(), joining.map(with -> with.command(made))))
              .build();
        });
  }

  @POST
  @Path("join-command")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "createJoinCommand",
      summary = "Makes a token, and the command by which a machine joins the cluster",
      description =
          "Text is the command on a line, as `kubeadm token create --print-join-command` prints it."
              + " The CA's hash is in it once per certificate.")
  @RequestBody(
      required = false,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TokenRequest.Fields.class)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
            schema = @Schema(implementation = TokenRequest.Fields.class),
            example = "ttl=2h")
      })
  @APIResponse(
      responseCode = "201",
      description = "Made, and kept: it survives a crash",
      headers = {
        @Header(
            name = HttpHeaders.LOCATION,
            description = "Where the token is",
            schema = @Schema(type = SchemaType.STRING)),
        @Header(
            name = REPLAYED,
            description = "`true` if it was made before, under the same Idempotency-Key",
            schema = @Schema(type = SchemaType.STRING))
      },
      content = {
        @Content(
            mediaType = MediaType.TEXT_PLAIN,
            schema = @Schema(type = SchemaType.STRING),
            example =
                "kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef"
                    + " --discovery-token-ca-cert-hash sha256:…"),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CreatedToken.class))
      })
  @APIResponse(
      responseCode = "400",
      description = "A field or parameter is wrong; says which and what is accepted")
  @APIResponse(
      responseCode = "409",
      description =
          "A token with this id exists, or that of the Idempotency-Key does not any more, or nobody"
              + " has said where the API server is")
  @APIResponse(responseCode = "413", description = "The body is longer than 64 KiB")
  @APIResponse(
      responseCode = "422",
      description = "The Idempotency-Key was used for another request")
  @APIResponse(
      responseCode = "429",
      description = "Too many a second, or 10,000 tokens already",
      headers =
          @Header(
              name = HttpHeaders.RETRY_AFTER,
              description = "Seconds",
              schema = @Schema(type = SchemaType.INTEGER)))
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public Response createJoinCommand(
      @QueryParam(CONTROL_PLANE)
          @Parameter(
              description = "`true` adds `--control-plane`",
              schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
          String controlPlane,
      @QueryParam(CERTIFICATE_KEY)
          @Parameter(
              description =
                  "64 hexadecimal digits of `kubeadm init phase upload-certs --upload-certs`; adds"
                      + " `--control-plane --certificate-key`",
              schema = @Schema(type = SchemaType.STRING, pattern = "^[0-9a-fA-F]{64}$"))
          String certificateKey,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
      @HeaderParam(IDEMPOTENCY_KEY)
          @Parameter(
              description = "As with `POST /tokens`",
              schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = 255))
          String key,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    return operations.count(
        Operations.Operation.JOIN_COMMAND,
        () -> {
          refuseOthers(uri, List.of(CONTROL_PLANE, CERTIFICATE_KEY));
          TokenRequest request = parse(type, body);
          JoinOptions options = JoinOptions.parse(controlPlane, certificateKey);
          Joining joining =
              Joining.of(backend.clusterInfo(), options)
                  .orElseThrow(TokenResource::withoutEndpoint);
          TokenMaker.Made made = make(request, security, key);
          return created(made)
              .entity(
                  new JoinCommand(
                      CreatedToken.of(made.token(), Optional.of(joining.command(made)))))
              .build();
        });
  }

  /** Whoever writes {@code /tokens?ttl=1h} must not get a token that lives for a day. */
  private static void refuseOthers(UriInfo uri, List<String> taken) {
    if (!taken.containsAll(uri.getQueryParameters().keySet())) {
      throw new ProblemException(
          Problem.badField(
              "query",
              "the URL has a parameter that is not taken here",
              (taken.isEmpty() ? "none" : String.join(", ", taken))
                  + "; the fields of a token go in the body, as curl -d ttl=2h sends them"));
    }
  }

  private TokenRequest parse(MediaType type, String body) {
    boolean json = type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    return TokenRequest.parse(json, body == null ? "" : body, limits);
  }

  private TokenMaker.Made make(TokenRequest request, SecurityContext security, String key) {
    String caller =
        security.getUserPrincipal() == null ? "" : security.getUserPrincipal().getName();
    return maker.make(request, caller, key);
  }

  private static Response.ResponseBuilder created(TokenMaker.Made made) {
    Response.ResponseBuilder answer = Response.created(URI.create("/tokens/" + made.token().id()));
    return made.replayed() ? answer.header(REPLAYED, "true") : answer;
  }

  private static ProblemException withoutEndpoint() {
    return new ProblemException(
        Problem.of(
            409, "nobody has said where the API server is; LAB_TOKEN_ENDPOINT=host:port does"));
  }

  /** All of a join command but the token. */
  private record Joining(String endpoint, List<String> caHashes, JoinOptions options) {
    /** Empty if nobody has said where the API server is. */
    static Optional<Joining> of(ClusterInfo info, JoinOptions options) {
      return info.endpoint()
          .map(
              endpoint ->
                  new Joining(
                      endpoint, CaHashes.of(info.certificateAuthority()).hashes(), options));
    }

    String command(TokenMaker.Made made) {
      return options.command(endpoint, made.token().value(), caHashes);
    }
  }

  @POST
  @Path("generate")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "generateToken",
      summary = "A random token that is kept nowhere",
      description = "What `kubeadm token generate` prints; good as `token` of `POST /tokens`.")
  @APIResponse(
      responseCode = "200",
      description = "Made up",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = GeneratedToken.class))
      })
  @APIResponse(responseCode = "400", description = "The URL has parameters")
  public GeneratedToken generate(@Context UriInfo uri) {
    return operations.count(
        Operations.Operation.GENERATE,
        () -> {
          refuseOthers(uri, List.of());
          return new GeneratedToken(maker.generate());
        });
  }

  @GET
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "listTokens",
      summary = "The tokens that exist",
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
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public TokenList list() {
    return operations.count(
        Operations.Operation.LIST, () -> TokenList.of(backend.list(), clock.instant()));
  }

  @GET
  @Path("{id}")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "token",
      summary = "One token",
      description =
          "As in the list, and whether it has expired, when it will, and whether it is signed in"
              + " cluster-info, without which `kubeadm join` cannot use it.")
  @APIResponse(
      responseCode = "200",
      description = "It exists",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TokenDetails.class))
      })
  @APIResponse(responseCode = "400", description = "This is neither an id nor a token")
  @APIResponse(responseCode = "404", description = "No token has this id")
  @APIResponse(responseCode = "409", description = "The token with this id has another secret half")
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public TokenDetails token(@PathParam("id") @Parameter(example = "abcdef") String id) {
    return operations.count(
        Operations.Operation.GET,
        () -> {
          TokenName name = TokenName.parse(id);
          BootstrapToken token = found(name);
          boolean signed = backend.clusterInfo().signed().contains(token.id());
          return TokenDetails.of(token, clock.instant(), signed);
        });
  }

  @DELETE
  @Path("{id}")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "deleteToken",
      summary = "Deletes a token",
      description = "It is named by its id or, to be sure, as a whole.")
  @APIResponse(
      responseCode = "200",
      description = "Deleted, in kubeadm's words, for a text client",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "204", description = "Deleted, for a JSON client")
  @APIResponse(responseCode = "400", description = "This is neither an id nor a token")
  @APIResponse(responseCode = "404", description = "No token has this id")
  @APIResponse(
      responseCode = "409",
      description = "The token with this id has another secret half; it stays")
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public Response delete(
      @PathParam("id") @Parameter(example = "abcdef") String id,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept) {
    return operations.count(
        Operations.Operation.DELETE,
        () -> {
          TokenName name = TokenName.parse(id);
          if (!backend.delete(found(name))) {
            throw absent(name);
          }
          return MediaType.APPLICATION_JSON.equals(accept)
              ? Response.noContent().build()
              : Response.ok(new DeletedToken(name.id())).build();
        });
  }

  private BootstrapToken found(TokenName name) {
    BootstrapToken token = backend.find(name.id()).orElseThrow(() -> absent(name));
    if (!name.matches(token)) {
      throw new ProblemException(
          Problem.of(
              409, "the token with the id \"%s\" has another secret half".formatted(name.id())));
    }
    return token;
  }

  private static ProblemException absent(TokenName name) {
    return new ProblemException(Problem.of(404, "no token has the id \"" + name.id() + "\""));
  }
}
