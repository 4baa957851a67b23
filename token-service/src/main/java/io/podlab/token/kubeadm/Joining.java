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

/** All of a join command but the token, and what will not work. */
record Joining(ClusterInfo cluster, CaHashes authority, JoinOptions options) {
  /** kubeadm's own, to which {@code kubeadm init} binds the right to join. */
  private static final String GROUP = BootstrapToken.DEFAULT_GROUPS.get(0);

  static Joining of(ClusterInfo cluster, Instant now, JoinOptions options) {
    return new Joining(cluster, CaHashes.of(cluster.certificateAuthority(), now), options);
  }

  /**
   * @throws ProblemException (409) if there is no endpoint
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

  /** Why the command will not work, or is absent. */
  List<String> warnings(BootstrapToken token) {
    if (cluster.endpoint().isEmpty()) {
      return List.of("no join command: " + cluster.endpointProblem());
    }
    List<String> warnings = new ArrayList<>(authority.warnings());
    if (!token.groups().contains(GROUP)) {
      warnings.add(
          "the token lacks the group %s, to which kubeadm grants the right to join"
              .formatted(GROUP));
    }
    return warnings;
  }

  /** The command, then the warnings as comments, so that the whole may be pasted into a shell. */
  String text(BootstrapToken token) {
    return command(token).orElseThrow()
        + "\n"
        + warnings(token).stream()
            .map(warning -> "# warning: " + warning + "\n")
            .collect(Collectors.joining());
  }
}
