package io.podlab.token.ca;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.metrics.MeasuredBackend;
import io.quarkus.runtime.Startup;
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
import java.time.Instant;
import java.util.Optional;
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
@Startup // so that its metric is there before the first request
@Tag(name = "ca", description = "The cluster and its certificate authority")
public final class CaResource {
  /** RFC 7468 gives PEM no type; this one is what OpenSSL's files are registered under. */
  private static final String PEM_FILE = "application/x-pem-file";

  private static final String PEM_CHAIN = "application/pem-certificate-chain";

  private final MeasuredBackend backend;

  @Inject
  CaResource(MeasuredBackend backend, MeterRegistry meters) {
    this.backend = backend;
    Gauge.builder("lab.token.ca.expiry.timestamp", backend, CaResource::expiry)
        .baseUnit("seconds")
        .description("When the first of the CA's certificates expires; NaN until it is known")
        .register(meters);
  }

  private static double expiry(MeasuredBackend backend) {
    return backend.lastClusterInfo().stream()
        .flatMap(info -> CaHashes.of(info.certificateAuthority()).certificates().stream())
        .map(CaCertificate::notAfter)
        .flatMap(Optional::stream)
        .mapToDouble(Instant::getEpochSecond)
        .min()
        .orElse(Double.NaN);
  }

  @GET
  @Path("ca/hash")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "caHash",
      summary = "The hash of the CA's public key",
      description =
          "sha256 of the SubjectPublicKeyInfo, a line per CA certificate; JSON adds subject, key"
              + " type, end of validity and serial number.")
  @APIResponse(
      responseCode = "200",
      description = "For `kubeadm join --discovery-token-ca-cert-hash`",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CaHashes.class))
      })
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public CaHashes hash() {
    return CaHashes.of(backend.clusterInfo().certificateAuthority());
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
              + " Ed25519: `curl --data-binary @ca.crt …/ca/hash`. Nothing is kept.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = PEM_FILE,
            schema = @Schema(type = SchemaType.STRING, maxLength = 65_536)),
        @Content(
            mediaType = MediaType.TEXT_PLAIN,
            schema = @Schema(type = SchemaType.STRING, maxLength = 65_536)),
        @Content(
            mediaType = PEM_CHAIN,
            schema = @Schema(type = SchemaType.STRING, maxLength = 65_536)),
        @Content(
            mediaType = MediaType.APPLICATION_OCTET_STREAM,
            schema = @Schema(type = SchemaType.STRING, maxLength = 65_536)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
            schema = @Schema(type = SchemaType.STRING, maxLength = 65_536))
      })
  @APIResponse(
      responseCode = "200",
      description = "In their order; a public key has neither subject, end of validity nor serial",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = CaHashes.class))
      })
  @APIResponse(responseCode = "400", description = "It is no such PEM; says why")
  public CaHashes hash(byte[] pem) {
    try {
      return CaHashes.of(pem == null ? "" : new String(pem, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException refused) {
      throw new ProblemException(
          Problem.badField(
              "body",
              refused.getMessage(),
              "PEM with 1 to %d certificates or public keys, as curl --data-binary @ca.crt sends it"
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
  @APIResponse(responseCode = "503", ref = "BackendAway")
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
              + " there yet is good for nothing in `kubeadm join`.")
  @APIResponse(
      responseCode = "200",
      description = "A line each; an endpoint that nobody has said is left out",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ClusterFacts.class))
      })
  @APIResponse(responseCode = "503", ref = "BackendAway")
  public ClusterFacts clusterInfo() {
    ClusterInfo info = backend.clusterInfo();
    return new ClusterFacts(
        info.endpoint(),
        CaHashes.of(info.certificateAuthority()).hashes(),
        info.signed().stream().sorted().toList());
  }
}
