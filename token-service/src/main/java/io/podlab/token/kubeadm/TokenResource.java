package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.observability.ObservedTokens;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /tokens}: what {@code kubeadm token create}, {@code list} and {@code delete} do. What its
 * OpenAPI text refers to is in {@code META-INF/openapi.yaml}; {@code access} adds 401, 403 and 503.
 */
@Path("/tokens")
@Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
@Singleton
@Startup // so that an invalid setting ends the start
@Tag(name = "tokens", description = "Bootstrap tokens")
public final class TokenResource {
  /** Not generate and join-command, which are paths of their own and take POST only. */
  private static final String ID = "{id: (?!(?:generate|join-command)/?$)[^/]+}";

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String CONTROL_PLANE = "controlPlane";
  private static final String CERTIFICATE_KEY = "certificateKey";

  private static final String CANNOT_JOIN =
      "no machine can join with this token: kubeadm join needs signing to trust cluster-info and"
          + " authentication to log in";

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
      summary = "Creates a token",
      description =
          "Text is the token on a line, as kubeadm prints it. An empty body creates one that lives"
              + " for 24 hours.")
  @Parameter(ref = "IdempotencyKey")
  @RequestBody(ref = "TokenFields")
  @APIResponse(responseCode = "201", ref = "Created")
  @APIResponse(responseCode = "400", ref = "WrongField")
  @APIResponse(responseCode = "409", ref = "NotCreated")
  @APIResponse(responseCode = "422", ref = "UsedKey")
  @APIResponse(responseCode = "429", ref = "TooMany")
  public Response create(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) MediaType type,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @HeaderParam(IDEMPOTENCY_KEY) @Parameter(hidden = true) String key,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    refuseOthers(uri, List.of());
    TokenRequest request = parse(type, body);
    // Before the token is created, which would be lost if this failed.
    Optional<Joining> joining =
        MediaType.APPLICATION_JSON.equals(accept)
            ? Optional.of(joining(JoinOptions.WORKER))
            : Optional.empty();
    TokenCreator.Created created = creator.create(request, caller(security), key);
    BootstrapToken token = created.token();
    boolean canJoin = request.canJoin();
    List<String> warnings =
        joining
            .map(
                with -> canJoin ? with.warnings(token) : List.of("no join command: " + CANNOT_JOIN))
            .orElse(List.of());
    Optional<String> command = joining.filter(with -> canJoin).flatMap(with -> with.command(token));
    return answer(created, CreatedToken.of(token, command, warnings, token.value() + "\n"));
  }

  @POST
  @Path("join-command")
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @Operation(
      operationId = "createJoinCommand",
      summary = "Creates a token, and the command by which a machine joins the cluster",
      description =
          "Text is the command on a line, as `kubeadm token create --print-join-command` prints it:"
              + " `kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef"
              + " --discovery-token-ca-cert-hash sha256:…`. The CA's hash is in it once per"
              + " certificate. A line `# warning: …` follows for each reason why it will not work.")
  @Parameter(ref = "IdempotencyKey")
  @RequestBody(ref = "TokenFields")
  @APIResponse(responseCode = "201", ref = "Created")
  @APIResponse(responseCode = "400", ref = "WrongField")
  @APIResponse(responseCode = "409", ref = "NotCreated")
  @APIResponse(responseCode = "422", ref = "UsedKey")
  @APIResponse(responseCode = "429", ref = "TooMany")
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
      @HeaderParam(IDEMPOTENCY_KEY) @Parameter(hidden = true) String key,
      @Context SecurityContext security,
      @Context UriInfo uri,
      String body) {
    refuseOthers(uri, List.of(CONTROL_PLANE, CERTIFICATE_KEY));
    TokenRequest request = parse(type, body);
    JoinOptions options = JoinOptions.parse(controlPlane, certificateKey);
    if (!request.canJoin()) {
      throw new ProblemException(
          Problem.badField("usages", CANNOT_JOIN, "signing and authentication; none for both"));
    }
    Joining joining = joining(options);
    joining.refuseWithoutEndpoint();
    TokenCreator.Created created = creator.create(request, caller(security), key);
    BootstrapToken token = created.token();
    return answer(
        created,
        CreatedToken.of(
            token, joining.command(token), joining.warnings(token), joining.text(token)));
  }

  /** A client that sends {@code /tokens?ttl=1h} must not get a token that lives for a day. */
  private static void refuseOthers(UriInfo uri, List<String> taken) {
    if (!taken.containsAll(uri.getQueryParameters().keySet())) {
      throw new ProblemException(
          Problem.badField(
              "query",
              "the URL has a parameter that is not taken here",
              (taken.isEmpty() ? "none" : String.join(", ", taken))
                  + "; the fields of a token go in the body, as curl -d ttl=2h sends them"));
    }
    uri.getQueryParameters()
        .forEach(
            (name, values) -> {
              if (values.size() != 1) {
                throw new ProblemException(
                    Problem.badField(name, "it is given more than once", "one value"));
              }
              if (values.get(0).isEmpty()) {
                // It would be taken for absent, as kubeadm takes it: the command of a worker.
                throw new ProblemException(
                    Problem.badField(
                        name, "it is empty; set a value, or leave %s out".formatted(name), null));
              }
            });
  }

  private TokenRequest parse(MediaType type, String body) {
    boolean json = type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    return TokenRequest.parse(json, body == null ? "" : body, limits);
  }

  private static String caller(SecurityContext security) {
    return security.getUserPrincipal().getName();
  }

  private static Response answer(TokenCreator.Created created, CreatedToken token) {
    Response.ResponseBuilder answer =
        Response.created(URI.create("/tokens/" + token.id())).entity(token);
    return created.replayed()
        ? answer.header("Idempotency-Replayed", "true").build()
        : answer.build();
  }

  private Joining joining(JoinOptions options) {
    return Joining.of(tokens.clusterInfo(), clock.instant(), options);
  }

  @POST
  @Path("generate")
  @Operation(
      operationId = "generateToken",
      summary = "A random token that is kept nowhere",
      description = "What `kubeadm token generate` prints; good as `token` of `POST /tokens`.")
  @APIResponse(responseCode = "200", description = "Made up")
  @APIResponse(responseCode = "400", description = "The URL has parameters")
  public GeneratedToken generate(@Context UriInfo uri) {
    refuseOthers(uri, List.of());
    return new GeneratedToken(creator.generate());
  }

  @GET
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
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.ARRAY, implementation = ListedToken.class))
      })
  public TokenList list() {
    return TokenList.of(tokens.list(), clock.instant());
  }

  @GET
  @Path(ID)
  @Operation(
      operationId = "token",
      summary = "One token",
      description =
          "As in the list, and whether it has expired, when it will, and whether it is signed in"
              + " cluster-info, without which `kubeadm join` cannot use it.")
  @APIResponse(responseCode = "200", description = "It exists")
  @APIResponse(responseCode = "400", ref = "NoTokenId")
  @APIResponse(responseCode = "404", ref = "NoSuchToken")
  @APIResponse(responseCode = "409", ref = "AnotherSecretHalf")
  public TokenDetails token(@PathParam("id") @Parameter(example = "abcdef") String id) {
    BootstrapToken token = found(TokenName.parse(id));
    boolean signed = tokens.clusterInfo().signed().contains(token.id());
    return TokenDetails.of(token, clock.instant(), signed);
  }

  @DELETE
  @Path(ID)
  @Operation(
      operationId = "deleteToken",
      summary = "Deletes a token",
      description = "It is named by its id or, to be sure, as a whole.")
  @APIResponse(
      responseCode = "200",
      description = "Deleted, in kubeadm's words, for a text client",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @APIResponse(responseCode = "204", description = "Deleted, for a JSON client")
  @APIResponse(responseCode = "400", ref = "NoTokenId")
  @APIResponse(responseCode = "404", ref = "NoSuchToken")
  @APIResponse(responseCode = "409", ref = "AnotherSecretHalf")
  public Response delete(
      @PathParam("id") @Parameter(example = "abcdef") String id,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) String accept,
      @Context SecurityContext security) {
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
          Problem.of(
              409, "the token with the id \"%s\" has another secret half".formatted(name.id())));
    }
    return token;
  }

  private static ProblemException absent(TokenName name) {
    return new ProblemException(Problem.of(404, "no token has the id \"" + name.id() + "\""));
  }
}
