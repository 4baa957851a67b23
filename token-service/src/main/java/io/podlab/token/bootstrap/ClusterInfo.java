package io.podlab.token.bootstrap;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The public facts a node joins by, on a cluster those of the ConfigMap {@code
 * kube-public/cluster-info}.
 *
 * @param endpoint of the API server; empty if it is not known, or no machine can join by it
 * @param endpointProblem why the endpoint is missing or unusable; empty if it is usable
 * @param certificateAuthority PEM, one or more certificates
 * @param signed ids of the tokens by which these facts are signed ({@code jws-kubeconfig-<id>})
 */
public record ClusterInfo(
    Optional<Endpoint> endpoint,
    String endpointProblem,
    String certificateAuthority,
    Set<String> signed) {
  public ClusterInfo {
    Objects.requireNonNull(endpoint);
    Objects.requireNonNull(endpointProblem);
    Objects.requireNonNull(certificateAuthority);
    signed = Set.copyOf(signed);
  }
}
