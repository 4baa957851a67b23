package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.ca.CaHashes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds join commands and their warnings. */
record JoinCommand(ClusterInfo cluster, CaHashes authority, JoinOptions options) {
  /** The default group of kubeadm, which {@code kubeadm init} gives the permission to join. */
  private static final String GROUP = BootstrapToken.DEFAULT_GROUPS.get(0);

  static JoinCommand of(ClusterInfo cluster, Instant now, JoinOptions options) {
    return new JoinCommand(cluster, CaHashes.of(cluster.certificateAuthority(), now), options);
  }

  /**
   * @throws ProblemException (409) if the endpoint is missing or unusable
   */
  void refuseWithoutEndpoint() {
    if (cluster.endpoint().isEmpty()) {
      throw new ProblemException(Problem.of(409, cluster.endpointProblem()));
    }
  }

  /** Empty if the endpoint is missing or unusable. */
  Optional<String> command(BootstrapToken token) {
    return cluster
        .endpoint()
        .map(endpoint -> options.command(endpoint, token.value(), authority.hashes()));
  }

  /** Why the command is absent or will fail. */
  List<String> warnings(BootstrapToken token) {
    if (cluster.endpoint().isEmpty()) {
      return List.of("no join command: " + cluster.endpointProblem());
    }
    List<String> warnings = new ArrayList<>(authority.warnings());
    if (!token.groups().contains(GROUP)) {
      warnings.add(
          "the token does not have the group %s, which has the permission to join"
              .formatted(GROUP));
    }
    return warnings;
  }

  /** The command, then the warnings as shell comments, so that you can paste the whole text. */
  String text(BootstrapToken token) {
    return command(token).orElseThrow() + "\n" + comments(token);
  }

  /** The warnings as comments of a shell or of YAML, one per line. */
  String comments(BootstrapToken token) {
    return warnings(token).stream()
        .map(warning -> "# warning: " + warning + "\n")
        .collect(Collectors.joining());
  }
}
