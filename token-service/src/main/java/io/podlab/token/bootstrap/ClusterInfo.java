package io.podlab.token.bootstrap;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The public data that a node needs to join. On a cluster it comes from the ConfigMap {@code
 * kube-public/cluster-info}.
 *
 * @param endpoint the API server; empty if unknown or unusable for a join
 * @param endpointProblem why there is no endpoint; empty if there is one
 * @param certificateAuthority PEM, one or more certificates
 * @param signed IDs of the tokens with a signature in cluster-info ({@code jws-kubeconfig-<id>})
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
