package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import io.podlab.token.ca.CaCertificate;
import io.podlab.token.ca.CaHashes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinCommandTest {
  private static final Optional<Endpoint> A = Optional.of(Endpoint.parse("a:1"));
  private static final String OWN = BootstrapToken.DEFAULT_GROUPS.get(0);
  private static final String LACKING =
      "the token does not have the group system:bootstrappers:kubeadm:default-node-token, which"
          + " has the permission to join";

  private static JoinCommand joinCommand(
      Optional<Endpoint> endpoint, String endpointProblem, String... caProblems) {
    CaCertificate certificate =
        new CaCertificate(
            "sha256:aa",
            Optional.of("CN=$(touch x)"),
            "EC 256",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(caProblems));
    return new JoinCommand(
        new ClusterInfo(endpoint, endpointProblem, "", Set.of()),
        new CaHashes(List.of(certificate)),
        JoinOptions.WORKER);
  }

  private static BootstrapToken token(String... groups) {
    return new BootstrapToken(
        "abcdef",
        "0123456789abcdef",
        Optional.empty(),
        BootstrapToken.DEFAULT_USAGES,
        List.of(groups),
        "");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "system:bootstrappers:kubeadm:default-node-token, true",
    "'system:bootstrappers:a,system:bootstrappers:kubeadm:default-node-token', true",
    "system:bootstrappers:kubeadm, false",
    "system:bootstrappers:kubeadm:default-node-token2, false",
    "'', false",
  })
  void warnsUnlessTheTokenHasTheDefaultGroup(String groups, boolean mayJoin) {
    assertThat(
            joinCommand(A, "")
                .warnings(token(groups.isEmpty() ? new String[0] : groups.split(","))))
        .isEqualTo(mayJoin ? List.of() : List.of(LACKING));
  }

  @Test
  void explainsTheMissingCommandWithoutAnEndpoint() {
    // Given
    JoinCommand joinCommand = joinCommand(Optional.empty(), "cluster-info has no server");

    // When, Then
    assertThat(joinCommand.command(token(OWN))).isEmpty();
    assertThat(joinCommand.warnings(token(OWN)))
        .containsExactly("no join command: cluster-info has no server");
    assertThat(refused(joinCommand::refuseWithoutEndpoint))
        .extracting("status", "detail")
        .containsExactly(409, "cluster-info has no server");
  }

  /** zsh runs a pasted comment as a command, and others choose the subject of a certificate. */
  @Test
  void warnsWithoutShellMetacharacters() {
    // When
    String text =
        joinCommand(A, "", "expired on 2026-03-01T12:00:00Z", "is not a CA certificate")
            .text(token());

    // Then
    assertThat(text.lines().skip(1))
        .containsExactly(
            "# warning: certificate 1 expired on 2026-03-01T12:00:00Z",
            "# warning: certificate 1 is not a CA certificate",
            "# warning: " + LACKING)
        .allMatch(line -> line.matches("# [\\w ,.:-]+"));
  }
}
