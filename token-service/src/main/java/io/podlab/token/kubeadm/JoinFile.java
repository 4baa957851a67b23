package io.podlab.token.kubeadm;

import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the YAML files that {@code kubeadm join} reads. Every value is in double quotes, because a
 * token such as {@code 123456.1234567890123456} would be a number in YAML. No value contains a
 * quote or a backslash: each one matches a pattern without them.
 */
final class JoinFile {
  static final String TYPE = "application/yaml";

  /** kubeadm 1.15 to 1.26, 1.22 to 1.36, and 1.31 and later. */
  private static final List<String> API_VERSIONS = List.of("v1beta2", "v1beta3", "v1beta4");

  /** The only one that kubeadm 1.37 accepts. The fields are the same in all three. */
  static final String DEFAULT_API_VERSION = "v1beta4";

  private JoinFile() {}

  /**
   * @param given null for the default
   * @throws ProblemException (400) if no kubeadm has this API version
   */
  static String apiVersion(String given) {
    if (given != null && !API_VERSIONS.contains(given)) {
      throw new ProblemException(
          Problem.badField(
              "apiVersion",
              "the value is not an API version of kubeadm",
              "v1beta2 (kubeadm 1.15 to 1.26), v1beta3 (1.22 to 1.36) or v1beta4 (1.31 and later)"));
    }
    return given == null ? DEFAULT_API_VERSION : given;
  }

  /** A JoinConfiguration for {@code kubeadm join --config}. The warnings are comments. */
  static String configuration(JoinCommand join, BootstrapToken token, String apiVersion) {
    StringBuilder file = new StringBuilder(join.comments(token));
    file.append(
        """
        apiVersion: kubeadm.k8s.io/%s
        kind: JoinConfiguration
        discovery:
          bootstrapToken:
            apiServerEndpoint: "%s"
            token: "%s"
            caCertHashes:
        %s"""
            .formatted(
                apiVersion,
                join.cluster().endpoint().orElseThrow(),
                token.value(),
                join.authority().hashes().stream()
                    .map("      - \"%s\"\n"::formatted)
                    .collect(Collectors.joining())));
    if (join.options().controlPlane()) {
      file.append(
          join.options()
              .certificateKey()
              .map("controlPlane:\n  certificateKey: \"%s\"\n"::formatted)
              .orElse("controlPlane: {}\n"));
    }
    return file.toString();
  }

  /**
   * A kubeconfig for {@code kubeadm join --discovery-file}. It contains the token as credentials,
   * so kubeadm needs no other flag. The names are those of kubeadm's bootstrap-kubelet.conf. The
   * warnings are comments.
   */
  static String kubeconfig(JoinCommand join, BootstrapToken token) {
    ClusterInfo cluster = join.cluster();
    Endpoint endpoint = cluster.endpoint().orElseThrow();
    String authority =
        Base64.getEncoder()
            .encodeToString(cluster.certificateAuthority().getBytes(StandardCharsets.UTF_8));
    return join.comments(token)
        + """
    apiVersion: v1
    kind: Config
    clusters:
      - name: "kubernetes"
        cluster:
          server: "https://%s"
          certificate-authority-data: "%s"
    users:
      - name: "tls-bootstrap-token-user"
        user:
          token: "%s"
    contexts:
      - name: "tls-bootstrap-token-user@kubernetes"
        context:
          cluster: "kubernetes"
          user: "tls-bootstrap-token-user"
    current-context: "tls-bootstrap-token-user@kubernetes"
    """
            .formatted(endpoint, authority, token.value());
  }
}
