package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BackendUnavailableException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.TokenRules;
import io.podlab.token.observability.ObservedTokens;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /tokens}: {@code kubeadm token create}, {@code list}, {@code delete} and {@code generate}
 * over HTTP. {@code META-INF/openapi.yaml} defines the referenced OpenAPI components; package
 * {@code access} adds 401, 403 and 503.
 */
@Path("/tokens")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Singleton
@Startup // checks the settings at startup
@Tag(name = "tokens", description = "Bootstrap tokens")
public final class TokenResource {
  /** Excludes generate and join-command, which are separate paths that accept only POST. */
  private static final String ID = "{id: (?!(?:generate|join-command)/?$)[^/]+}";

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String CONTROL_PLANE = "controlPlane";
  private static final String CERTIFICATE_KEY = "certificateKey";
  private static final String STATUS = "status";
  private static final String EXPIRED = "expired";
  private static final String API_VERSION = "apiVersion";
  private static final List<String> JOIN_PARAMETERS =
      List.of(CONTROL_PLANE, CERTIFICATE_KEY, API_VERSION);

  private static final String FIELDS_IN_BODY =
      "the body of POST /tokens for the fields of a token, such as curl -d ttl=2h";

  private static final String WITHOUT_QUERY = "the same URL without a query";

  private static final String CANNOT_JOIN =
      "a join command needs a token with the usages signing and authentication";

  private final ObservedTokens tokens;
  private final TokenCreator creator;
  private final TtlLimits limits;
  private final Clock clock;

  @Inject
  TokenResource(ObservedTokens tokens, TokenCreator creator, TokenConfig config, Clock clock) {
    this.tokens = tokens;
    this.creator = creator;
    this.limits = TtlLimits.of(config);
    this.clock = clock;
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Operation(
      operationId = "createToken",
      summary = "Create a token",
      description =
          "The text response is the token, as kubeadm prints it. JSON adds all fields and the join"
              + " command. An empty body creates a token that expires after 24 hours.")
  @Parameter(ref = "IdempotencyKey")
  @RequestBody(ref = "TokenFields")
  @APIResponse(responseCode = "201", ref = "Created")
  @APIResponse(responseCode = "400", ref = "InvalidField")
  @APIResponse(responseCode = "409", ref = "Conflict")
  @APIResponse(responseCode = "422", ref = "IdempotencyKeyReused")
  @APIResponse(responseCode = "429", ref = "TooManyRequests")
  public Response create(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @HeaderParam(IDEMPOTENCY_KEY) @Parameter(hidden = true) String key,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    refuseUnknown(uri, List.of(), FIELDS_IN_BODY);
    TokenRequest request = parse(type, body);
    // Look up cluster-info first: a failure after the creation would lose the token.
    Optional<JoinCommand> join =
        MediaType.APPLICATION_JSON.equals(accept)
            ? Optional.of(joinCommand(JoinOptions.WORKER))
            : Optional.empty();
    TokenCreator.Created created = creator.create(request, caller(security), key);
    BootstrapToken token = created.token();
    boolean canJoin = TokenRules.canJoin(token.usages());
    List<String> warnings =
        join.map(
                with -> canJoin ? with.warnings(token) : List.of("no join command: " + CANNOT_JOIN))
            .orElse(List.of());
    Optional<String> command = join.filter(with -> canJoin).flatMap(with -> with.command(token));
    return answer(created)
        .entity(CreatedToken.of(token, command, warnings, token.value() + "\n"))
        .build();
  }

  @POST
  @Path("join-command")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON, JoinFile.TYPE})
  @Operation(
      operationId = "createJoinCommand",
      summary = "Create a token and print its join command",
      description =
          "The text response is the command, as `kubeadm token create --print-join-command` prints"
              + " it: `kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef"
              + " --discovery-token-ca-cert-hash sha256:…`. It contains one hash per CA certificate."
              + " A line `# warning: …` follows for each reason why the command will fail. With `Accept:"
              + " application/yaml`, a JoinConfiguration for `kubeadm join --config`.")
  @Parameter(ref = "IdempotencyKey")
  @RequestBody(ref = "TokenFields")
  @APIResponse(responseCode = "201", ref = "CreatedJoin")
  @APIResponse(responseCode = "400", ref = "InvalidField")
  @APIResponse(responseCode = "409", ref = "Conflict")
  @APIResponse(responseCode = "422", ref = "IdempotencyKeyReused")
  @APIResponse(responseCode = "429", ref = "TooManyRequests")
  public Response createJoinCommand(
      @QueryParam(CONTROL_PLANE) @Parameter(ref = "ControlPlane") String controlPlane,
      @QueryParam(CERTIFICATE_KEY) @Parameter(ref = "CertificateKey") String certificateKey,
      @QueryParam(API_VERSION) @Parameter(ref = "ApiVersion") String apiVersion,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @HeaderParam(IDEMPOTENCY_KEY) @Parameter(hidden = true) String key,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    refuseUnknown(uri, JOIN_PARAMETERS, FIELDS_IN_BODY);
    TokenRequest request = parse(type, body);
    JoinOptions options = JoinOptions.parse(controlPlane, certificateKey);
    String version = apiVersion(apiVersion, accept);
    if (!TokenRules.canJoin(request.usages())) {
      throw new ProblemException(
          Problem.badField("usages", CANNOT_JOIN, "signing,authentication (the default)"));
    }
    JoinCommand join = joinCommand(options);
    join.refuseWithoutEndpoint();
    TokenCreator.Created created = creator.create(request, caller(security), key);
    return join(answer(created), join, created.token(), accept, version).build();
  }

  @GET
  @Path(ID + "/join-command")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON, JoinFile.TYPE})
  @Operation(
      operationId = "joinCommand",
      summary = "Get the join command of a token",
      description =
          "The same as the response of `POST /tokens/join-command`, for a token that exists. With"
              + " `Accept: application/yaml`, a JoinConfiguration for `kubeadm join --config`.")
  @APIResponse(
      responseCode = "200",
      description = "The join command, then a line `# warning: …` for each reason why it will fail",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CreatedToken.class)),
        @Content(mediaType = JoinFile.TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(responseCode = "400", ref = "InvalidJoin")
  @APIResponse(responseCode = "404", ref = "TokenNotFound")
  @APIResponse(responseCode = "409", ref = "CannotJoin")
  public Response joinCommand(
      @PathParam("id") @Parameter(example = "abcdef") String id,
      @QueryParam(CONTROL_PLANE) @Parameter(ref = "ControlPlane") String controlPlane,
      @QueryParam(CERTIFICATE_KEY) @Parameter(ref = "CertificateKey") String certificateKey,
      @QueryParam(API_VERSION) @Parameter(ref = "ApiVersion") String apiVersion,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @Context UriInfo uri) {
    refuseUnknown(uri, JOIN_PARAMETERS, "");
    JoinOptions options = JoinOptions.parse(controlPlane, certificateKey);
    String version = apiVersion(apiVersion, accept);
    BootstrapToken token = active(TokenName.parse(id));
    if (!TokenRules.canJoin(token.usages())) {
      throw new ProblemException(Problem.of(409, cannotJoin(token)));
    }
    JoinCommand join = joinCommand(options);
    join.refuseWithoutEndpoint();
    return join(Response.ok(), join, token, accept, version).build();
  }

  @GET
  @Path(ID + "/discovery-file")
  @Produces(JoinFile.TYPE)
  @Operation(
      operationId = "discoveryFile",
      summary = "Get the discovery file of a token",
      description =
          "A kubeconfig for `kubeadm join --discovery-file`. It contains the API server's address,"
              + " the CA certificates and the token, so kubeadm needs no other flag. The token needs"
              + " only the usage `authentication`. A line `# warning: …` comes first for each reason"
              + " why the join will fail.")
  @APIResponse(
      responseCode = "200",
      description = "A kubeconfig",
      content = @Content(mediaType = JoinFile.TYPE, schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(responseCode = "400", ref = "InvalidTokenId")
  @APIResponse(responseCode = "404", ref = "TokenNotFound")
  @APIResponse(responseCode = "409", ref = "CannotJoin")
  public Response discoveryFile(
      @PathParam("id") @Parameter(example = "abcdef") String id, @Context UriInfo uri) {
    refuseUnknown(uri, List.of(), WITHOUT_QUERY);
    BootstrapToken token = active(TokenName.parse(id));
    if (!TokenRules.canAuthenticate(token.usages())) {
      throw new ProblemException(
          Problem.of(409, "kubeadm join cannot use this token: it needs authentication to log in"));
    }
    JoinCommand join = joinCommand(JoinOptions.WORKER);
    join.refuseWithoutEndpoint();
    return Response.ok(JoinFile.kubeconfig(join, token), JoinFile.TYPE).build();
  }

  private static String cannotJoin(BootstrapToken token) {
    return TokenRules.canAuthenticate(token.usages())
        ? "%s; this token has only authentication; use GET /tokens/%s/discovery-file with kubeadm join --discovery-file"
            .formatted(CANNOT_JOIN, token.id())
        : CANNOT_JOIN;
  }

  /** Only a file has an API version. */
  private static String apiVersion(String given, String accept) {
    if (given != null && !JoinFile.TYPE.equals(accept)) {
      throw new ProblemException(
          Problem.badField(
              API_VERSION,
              "the parameter has no effect on a join command",
              "the header Accept: " + JoinFile.TYPE + ", or omit apiVersion"));
    }
    return JoinFile.apiVersion(given);
  }

  private static Response.ResponseBuilder join(
      Response.ResponseBuilder answer,
      JoinCommand join,
      BootstrapToken token,
      String accept,
      String apiVersion) {
    return JoinFile.TYPE.equals(accept)
        ? answer.entity(JoinFile.configuration(join, token, apiVersion)).type(JoinFile.TYPE)
        : answer.entity(
            CreatedToken.of(token, join.command(token), join.warnings(token), join.text(token)));
  }

  /** A client that sends {@code /tokens?ttl=1h} must not get a token with the default TTL. */
  private static void refuseUnknown(UriInfo uri, List<String> known, String otherwise) {
    if (!known.containsAll(uri.getQueryParameters().keySet())) {
      throw new ProblemException(
          Problem.badField(
              "query",
              known.isEmpty()
                  ? "this path accepts no parameters"
                  : "the URL contains an unknown parameter",
              String.join(", ", known)
                  + (known.isEmpty() || otherwise.isEmpty() ? "" : ", or ")
                  + otherwise));
    }
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (values.size() != 1) {
                throw new ProblemException(
                    Problem.badField(name, "the parameter is repeated", "one value"));
              }
              if (values.get(0).isEmpty()) {
                // kubeadm treats an empty key as absent and prints the command of a worker.
                throw new ProblemException(
                    Problem.badField(name, "the value is empty", "a value, or omit the parameter"));
              }
            });
  }

  private TokenRequest parse(MediaType type, String body) {
    return TokenRequest.parse(isJson(type), text(body), limits);
  }

  private static boolean isJson(MediaType type) {
    return type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
  }

  private static String text(String body) {
    return body == null ? "" : body;
  }

  private static String caller(SecurityContext security) {
    return security.getUserPrincipal().getName();
  }

  private static Response.ResponseBuilder answer(TokenCreator.Created created) {
    Response.ResponseBuilder answer =
        Response.created(URI.create("/tokens/" + created.token().id()));
    return created.replayed() ? answer.header("Idempotency-Replayed", "true") : answer;
  }

  private JoinCommand joinCommand(JoinOptions options) {
    return JoinCommand.of(tokens.clusterInfo(), clock.instant(), options);
  }

  @POST
  @Path("generate")
  @Operation(
      operationId = "generateToken",
      summary = "Generate a random token without storing it",
      description =
          "Prints the same as `kubeadm token generate`. Use the result as `token` of `POST /tokens`.")
  @APIResponse(responseCode = "200", description = "A random token")
  @APIResponse(responseCode = "400", description = "The URL contains parameters")
  public GeneratedToken generate(@Context UriInfo uri) {
    refuseUnknown(uri, List.of(), FIELDS_IN_BODY);
    return new GeneratedToken(creator.generate());
  }

  @GET
  @Operation(
      operationId = "listTokens",
      summary = "List the tokens",
      description =
          "The text response is the table of `kubeadm token list`; it is empty if there are no"
              + " tokens. JSON is an array with the fields of `kubeadm token list -o json`.")
  @APIResponse(
      responseCode = "200",
      description = "The tokens, sorted by ID",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.ARRAY, implementation = ListedToken.class))
      })
  @APIResponse(responseCode = "400", description = "The URL contains parameters")
  public TokenList list(@Context UriInfo uri) {
    refuseUnknown(uri, List.of(), WITHOUT_QUERY);
    return TokenList.of(tokens.list(), clock.instant());
  }

  @GET
  @Path(ID)
  @Operation(
      operationId = "token",
      summary = "Get a token",
      description =
          "Returns the fields of the list, the status, the remaining time, and whether"
              + " cluster-info has a signature by this token, which `kubeadm join` needs.")
  @APIResponse(responseCode = "200", description = "The token")
  @APIResponse(responseCode = "400", ref = "InvalidTokenId")
  @APIResponse(responseCode = "404", ref = "TokenNotFound")
  @APIResponse(responseCode = "409", ref = "DifferentSecret")
  public TokenDetails token(
      @PathParam("id") @Parameter(example = "abcdef") String id, @Context UriInfo uri) {
    refuseUnknown(uri, List.of(), WITHOUT_QUERY);
    BootstrapToken token = found(TokenName.parse(id));
    boolean signed = tokens.clusterInfo().signed().contains(token.id());
    return TokenDetails.of(token, clock.instant(), signed);
  }

  @PATCH
  @Path(ID)
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Operation(
      operationId = "updateToken",
      summary = "Extend or shorten the life of a token",
      description =
          "The new time to live starts now. The limits are those of a new token. On a cluster, an"
              + " expired token can be extended until the controller manager removes it.")
  @RequestBody(ref = "Ttl")
  @APIResponse(responseCode = "200", description = "The token with its new expiry")
  @APIResponse(responseCode = "400", ref = "InvalidField")
  @APIResponse(responseCode = "404", ref = "TokenNotFound")
  @APIResponse(responseCode = "409", ref = "DifferentSecret")
  public TokenDetails update(
      @PathParam("id") @Parameter(example = "abcdef") String id,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    refuseUnknown(uri, List.of(), "the body for ttl, such as curl -X PATCH -d ttl=2h");
    TokenName name = TokenName.parse(id);
    Duration ttl = TtlRequest.parse(isJson(type), text(body), limits);
    BootstrapToken token = found(name);
    // Look up cluster-info first: a failure after the change would hide the change.
    boolean signed = tokens.clusterInfo().signed().contains(token.id());
    Instant now = clock.instant();
    Optional<Instant> expires = TtlLimits.expiry(ttl, now);
    if (!tokens.setExpiry(token, expires, ttl, caller(security))) {
      throw absent(name);
    }
    return TokenDetails.of(token.withExpiry(expires), now, signed);
  }

  @DELETE
  @Operation(
      operationId = "deleteTokens",
      summary = "Delete all expired tokens",
      description =
          "Deletes one token after the other. If the backend becomes unavailable, the error names"
              + " the tokens that are deleted already. Tokens that another client deletes or extends"
              + " meanwhile are not listed. Without a cluster, the service removes expired tokens"
              + " itself.")
  @APIResponse(
      responseCode = "200",
      description = "The deleted tokens, one line per token with kubeadm's text",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = DeletedTokens.class))
      })
  @APIResponse(responseCode = "400", description = "The status is missing or invalid")
  public DeletedTokens deleteByStatus(
      @QueryParam(STATUS)
          @Parameter(
              required = true,
              schema = @Schema(type = SchemaType.STRING, enumeration = EXPIRED))
          String status,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    refuseUnknown(uri, List.of(STATUS), "");
    if (!EXPIRED.equals(status)) {
      throw new ProblemException(
          Problem.badField(
              STATUS,
              status == null
                  ? "the parameter is missing"
                  : "only expired tokens can be deleted together",
              EXPIRED));
    }
    Instant now = clock.instant();
    List<BootstrapToken> expired =
        tokens.list().stream().filter(token -> token.hasExpired(now)).toList();
    List<String> deleted = new ArrayList<>();
    for (BootstrapToken token : expired) {
      try {
        if (tokens.deleteUnchanged(token, caller(security))) {
          deleted.add(token.id());
        }
      } catch (BackendUnavailableException away) {
        throw new BackendUnavailableException(
            "%s; already deleted: %s"
                .formatted(
                    away.getMessage(), deleted.isEmpty() ? "none" : String.join(", ", deleted)),
            away);
      }
    }
    return new DeletedTokens(deleted);
  }

  @DELETE
  @Path(ID)
  @Operation(
      operationId = "deleteToken",
      summary = "Delete a token",
      description = "The path contains the token ID, or the whole token to check its secret first.")
  @APIResponse(
      responseCode = "200",
      description = "Deleted; the text is kubeadm's",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "204", description = "Deleted; for a client that accepts JSON")
  @APIResponse(responseCode = "400", ref = "InvalidTokenId")
  @APIResponse(responseCode = "404", ref = "TokenNotFound")
  @APIResponse(responseCode = "409", ref = "DifferentSecret")
  public Response delete(
      @PathParam("id") @Parameter(example = "abcdef") String id,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    refuseUnknown(uri, List.of(), WITHOUT_QUERY);
    TokenName name = TokenName.parse(id);
    if (!tokens.delete(found(name), caller(security))) {
      throw absent(name);
    }
    return MediaType.APPLICATION_JSON.equals(accept)
        ? Response.noContent().build()
        : Response.ok(new DeletedToken(name.id())).build();
  }

  private BootstrapToken found(TokenName name) {
    BootstrapToken token = tokens.find(name.id()).orElseThrow(() -> absent(name));
    if (!name.matches(token)) {
      throw new ProblemException(
          Problem.of(409, "the token with ID \"%s\" has a different secret".formatted(name.id())));
    }
    return token;
  }

  private BootstrapToken active(TokenName name) {
    BootstrapToken token = found(name);
    if (token.hasExpired(clock.instant())) {
      throw new ProblemException(
          Problem.of(
              409,
              "the token with ID \"%s\" has expired; create a new one, or extend it with PATCH /tokens/%1$s"
                  .formatted(token.id())));
    }
    return token;
  }

  private static ProblemException absent(TokenName name) {
    return new ProblemException(
        Problem.of(
            404, "no token with ID \"%s\"; GET /tokens lists all tokens".formatted(name.id())));
  }
}
