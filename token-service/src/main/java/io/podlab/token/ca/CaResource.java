package io.podlab.token.ca;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.observability.ObservedTokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /ca} and {@code /cluster-info}: what {@code kubeadm join} must know of a cluster. */
@Path("/")
@Singleton
@Tag(name = "ca", description = "The cluster and its certificate authority")
public final class CaResource {
  /** RFC 7468 gives PEM no type; this one is what OpenSSL's files are registered under. */
  private static final String PEM_FILE = "application/x-pem-file";

  private static final String PEM_CHAIN = "application/pem-certificate-chain";

  private final ObservedTokens backend;
  private final Clock clock;

  @Inject
  CaResource(ObservedTokens backend, Clock clock) {
    this.backend = backend;
    this.clock = clock;
  }

  @GET
  @Path("ca/hash")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "caHash",
      summary = "The hash of the CA's public key",
      description =
          "sha256 of the SubjectPublicKeyInfo, a line per CA certificate; after them a line"
              + " `# warning: …` for each reason why nothing that one signs is trusted: it has expired,"
              + " is not valid yet, is not a CA certificate, or has a key that kubeadm cannot read."
              + " JSON adds subject, key type, validity and serial number, and these reasons as"
              + " `problems`.")
  @APIResponse(
      responseCode = "200",
      description = "For `kubeadm join --discovery-token-ca-cert-hash`")
  @APIResponse(responseCode = "503", ref = "BackendUnavailable")
  public CaHashes hash() {
    return CaHashes.of(backend.clusterInfo().certificateAuthority(), clock.instant());
  }

  @POST
  @Path("ca/hash")
  @Consumes({
    MediaType.TEXT_PLAIN,
    PEM_FILE,
    PEM_CHAIN,
    MediaType.APPLICATION_OCTET_STREAM,
    MediaType.APPLICATION_FORM_URLENCODED // what curl --data-binary says of anything
  })
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "hashOfPem",
      summary = "The hash of each certificate or public key of a PEM text",
      description =
          "What the `openssl` pipeline of kubeadm's documentation computes, for keys of RSA, EC and"
              + " Ed25519: `curl --data-binary @ca.crt …/ca/hash`. The text may also be"
              + " base64 of PEM, as in `certificate-authority-data`. Nothing is kept.")
  @RequestBody(ref = "Pem")
  @APIResponse(
      responseCode = "200",
      description = "In their order; a public key has neither subject, validity nor serial")
  @APIResponse(
      responseCode = "400",
      description = "The body is not such PEM; says why and on which line")
  public CaHashes hash(byte[] pem) {
    try {
      return CaHashes.of(
          pem == null ? "" : new String(pem, StandardCharsets.ISO_8859_1), clock.instant());
    } catch (IllegalArgumentException refused) {
      throw new ProblemException(
          Problem.badField(
              "body",
              refused.getMessage(),
              ("PEM with 1 to %d certificates or public keys, as curl --data-binary @ca.crt sends it,"
                      + " or its base64, as in certificate-authority-data")
                  .formatted(Pem.MOST)));
    }
  }

  @GET
  @Path("ca.crt")
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "caCertificate",
      summary = "The CA's certificates",
      description = "The file `ca.crt`, with which a client trusts the API server.")
  @APIResponse(
      responseCode = "200",
      description = "One or more certificates in PEM form, whatever Accept says",
      content = @Content(mediaType = PEM_FILE, schema = @Schema(type = SchemaType.STRING)))
  @APIResponse(responseCode = "503", ref = "BackendUnavailable")
  public Response certificate() {
    return Response.ok(backend.clusterInfo().certificateAuthority(), PEM_FILE).build();
  }

  @GET
  @Path("cluster-info")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "clusterInfo",
      summary = "Where the API server is, whom to trust, and which tokens vouch for it",
      description =
          "On a cluster, of the ConfigMap kube-public/cluster-info. A token that is not signed"
              + " there yet is good for nothing in `kubeadm join`. Warnings tell why machines cannot"
              + " join.")
  @APIResponse(
      responseCode = "200",
      description = "A line each; without the endpoint if it is not known")
  public ClusterFacts clusterInfo() {
    return ClusterFacts.of(backend.clusterInfo(), clock.instant());
  }
}
