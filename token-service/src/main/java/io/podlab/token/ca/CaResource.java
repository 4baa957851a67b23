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

/** {@code /ca} and {@code /cluster-info}: the cluster data that {@code kubeadm join} needs. */
@Path("/")
@Singleton
@Tag(name = "ca", description = "The cluster and its certificate authority")
public final class CaResource {
  /** RFC 7468 defines no media type for PEM; this one is in common use for OpenSSL's files. */
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
      summary = "Get the hash of the CA's public key",
      description =
          "SHA-256 of the SubjectPublicKeyInfo, one line per CA certificate. A line `# warning: …`"
              + " follows for each reason why kubeadm does not trust a certificate: it has expired,"
              + " is not valid yet, is not a CA certificate, or has a key that kubeadm cannot read."
              + " JSON adds the subject, key type, validity and serial number, and lists these"
              + " reasons as `problems`.")
  @APIResponse(
      responseCode = "200",
      description = "The value of `kubeadm join --discovery-token-ca-cert-hash`")
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
    MediaType.APPLICATION_FORM_URLENCODED // the default of curl --data-binary
  })
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "hashOfPem",
      summary = "Compute the hash of each certificate or public key in a PEM text",
      description =
          "Computes the same hash as the `openssl` pipeline in kubeadm's documentation, for RSA, EC"
              + " and Ed25519 keys: `curl --data-binary @ca.crt …/ca/hash`. Also accepts the base64"
              + " of PEM, as in `certificate-authority-data`. The service does not store the text.")
  @RequestBody(ref = "Pem")
  @APIResponse(
      responseCode = "200",
      description = "The hashes in the order of the text; a bare public key has only hash and type")
  @APIResponse(
      responseCode = "400",
      description = "The body is not valid PEM; the detail names the line and the reason")
  public CaHashes hash(byte[] pem) {
    try {
      return CaHashes.of(
          pem == null ? "" : new String(pem, StandardCharsets.ISO_8859_1), clock.instant());
    } catch (IllegalArgumentException refused) {
      throw new ProblemException(
          Problem.badField(
              "body",
              refused.getMessage(),
              ("PEM or its base64, with 1 to %d certificates or public keys, for example"
                      + " curl --data-binary @ca.crt")
                  .formatted(Pem.MOST)));
    }
  }

  @GET
  @Path("ca.crt")
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "caCertificate",
      summary = "Get the CA certificates",
      description = "The file `ca.crt`, with which a client verifies the API server.")
  @APIResponse(
      responseCode = "200",
      description = "One or more certificates as PEM; the Accept header is ignored",
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
      summary = "Get the API server's endpoint, the CA hash and the signing tokens",
      description =
          "On a cluster, from the ConfigMap kube-public/cluster-info. `kubeadm join` works with a"
              + " token only after cluster-info has a signature by this token. Warnings say why"
              + " nodes cannot join.")
  @APIResponse(
      responseCode = "200",
      description = "One line per value; JSON has no endpoint if it is unknown")
  public ClusterFacts clusterInfo() {
    return ClusterFacts.of(backend.clusterInfo(), clock.instant());
  }
}
