package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.podlab.token.bootstrap.BootstrapToken;
import io.podlab.token.bootstrap.ClusterInfo;
import io.podlab.token.bootstrap.Endpoint;
import io.podlab.token.ca.CaCertificate;
import io.podlab.token.ca.CaHashes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinFileTest {
  /** Without quotes, YAML parsers read it as a number. */
  private static final BootstrapToken TOKEN =
      new BootstrapToken(
          "123456",
          "1234567890123456",
          Optional.empty(),
          BootstrapToken.DEFAULT_USAGES,
          BootstrapToken.DEFAULT_GROUPS,
          "");

  private static final ClusterInfo CLUSTER =
      new ClusterInfo(Optional.of(Endpoint.parse("[2001:db8::1]:6443")), "", "PEM\n", Set.of());

  private static JsonNode configuration(
      JoinOptions options, String apiVersion, String... problems) {
    List<CaCertificate> certificates =
        List.of(certificate("sha256:aa", problems), certificate("sha256:bb"));
    JoinCommand join = new JoinCommand(CLUSTER, new CaHashes(certificates), options);
    return yaml(JoinFile.configuration(join, TOKEN, apiVersion));
  }

  private static JoinCommand worker(String... problems) {
    return new JoinCommand(
        CLUSTER, new CaHashes(List.of(certificate("sha256:aa", problems))), JoinOptions.WORKER);
  }

  private static CaCertificate certificate(String hash, String... problems) {
    return new CaCertificate(
        hash,
        Optional.empty(),
        "EC 256",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(problems));
  }

  private static JsonNode yaml(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }

  private static JsonNode json(String text) {
    return yaml(text.replace('\'', '"'));
  }

  @Test
  void writesAJoinConfigurationForAWorker() {
    assertThat(configuration(JoinOptions.WORKER, "v1beta2"))
        .isEqualTo(
            json(
                "{'apiVersion': 'kubeadm.k8s.io/v1beta2', 'kind': 'JoinConfiguration',"
                    + " 'discovery': {'bootstrapToken': {"
                    + "'apiServerEndpoint': '[2001:db8::1]:6443',"
                    + " 'token': '123456.1234567890123456',"
                    + " 'caCertHashes': ['sha256:aa', 'sha256:bb']}}}"));
  }

  @Test
  void joinsAControlPlaneNodeWithoutAKey() {
    assertThat(
            configuration(new JoinOptions(true, Optional.empty()), "v1beta3").path("controlPlane"))
        .isEqualTo(json("{}"));
  }

  @Test
  void joinsAControlPlaneNodeWithAKey() {
    // Given: without quotes, it would be a number.
    String key = "1".repeat(64);

    // When
    JsonNode file = configuration(new JoinOptions(true, Optional.of(key)), "v1beta3");

    // Then
    assertThat(file.path("controlPlane")).isEqualTo(json("{'certificateKey': '" + key + "'}"));
  }

  @Test
  void writesWarningsAsComments() {
    // Given
    JoinCommand join = worker("expired on 2026-03-01T12:00:00Z");

    // When
    List<String> files =
        List.of(JoinFile.configuration(join, TOKEN, "v1beta3"), JoinFile.kubeconfig(join, TOKEN));

    // Then
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(file)
                    .startsWith(
                        "# warning: certificate 1 expired on 2026-03-01T12:00:00Z\napiVersion: "));
  }

  @Test
  void writesAKubeconfigWithTheTokenAsCredentials() {
    // When
    JsonNode file = yaml(JoinFile.kubeconfig(worker(), TOKEN));

    // Then
    String authority = Base64.getEncoder().encodeToString("PEM\n".getBytes(StandardCharsets.UTF_8));
    assertThat(file.at("/clusters/0/cluster"))
        .isEqualTo(
            json(
                "{'server': 'https://[2001:db8::1]:6443', 'certificate-authority-data': '%s'}"
                    .formatted(authority)));
    assertThat(file.at("/users/0/user")).isEqualTo(json("{'token': '123456.1234567890123456'}"));
    assertThat(file.at("/contexts/0/context/cluster")).isEqualTo(file.at("/clusters/0/name"));
    assertThat(file.at("/contexts/0/context/user")).isEqualTo(file.at("/users/0/name"));
    assertThat(file.path("current-context")).isEqualTo(file.at("/contexts/0/name"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"v1beta2", "v1beta3", "v1beta4"})
  void acceptsTheApiVersionsOfKubeadm(String given) {
    assertThat(JoinFile.apiVersion(given)).isEqualTo(given == null ? "v1beta4" : given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1beta1", "v1", "V1beta3", "kubeadm.k8s.io/v1beta3"})
  void refusesOtherApiVersions(String given) {
    assertThat(refused(() -> JoinFile.apiVersion(given)))
        .extracting("status", "field")
        .containsExactly(400, "apiVersion");
  }
}
