package io.podlab.token.ca;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /ca/hash}: what {@code kubeadm join --discovery-token-ca-cert-hash} wants. */
@Path("/ca")
@Tag(name = "ca", description = "The certificate authority of the cluster")
public final class CaResource {
  private final CaHashes hashes;

  @Inject
  CaResource(CaStore store) {
    this.hashes = store.hashes();
  }

  @GET
  @Path("hash")
  @Produces({MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "caHash",
      summary = "The hash of the CA's public key",
      description =
          "sha256 of the SubjectPublicKeyInfo, a line per CA certificate; JSON adds subject, key"
              + " type, end of validity and serial number.")
  public CaHashes hash() {
    return hashes;
  }
}
