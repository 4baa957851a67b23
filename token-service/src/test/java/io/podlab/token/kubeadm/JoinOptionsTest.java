package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.Endpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinOptionsTest {
  private static final String KEY = "0123456789abcdef".repeat(4);
  private static final Endpoint A = Endpoint.parse("a:1");
  private static final String TOKEN = "abcdef.0123456789abcdef";

  @Test
  void printsKubeadmsCommand() {
    assertThat(
            JoinOptions.WORKER.command(
                Endpoint.parse("10.0.0.1:6443"), TOKEN, List.of("sha256:aa")))
        .isEqualTo(
            "kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef"
                + " --discovery-token-ca-cert-hash sha256:aa");
  }

  @Test
  void containsOneHashPerCertificate() {
    assertThat(JoinOptions.WORKER.command(A, TOKEN, List.of("sha256:aa", "sha256:bb")))
        .endsWith(
            " --discovery-token-ca-cert-hash sha256:aa --discovery-token-ca-cert-hash sha256:bb");
  }

  @ParameterizedTest(name = "controlPlane={0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "      |     | kubeadm join a:1 --token abcdef.0123456789abcdef",
        "false |     | kubeadm join a:1 --token abcdef.0123456789abcdef",
        "true  |     | kubeadm join a:1 --token abcdef.0123456789abcdef --control-plane",
        "true  | KEY | kubeadm join a:1 --token abcdef.0123456789abcdef --control-plane --certificate-key KEY",
        "      | KEY | kubeadm join a:1 --token abcdef.0123456789abcdef --control-plane --certificate-key KEY",
      })
  void addsTheFlagsOfTheControlPlane(String controlPlane, String key, String command) {
    // When
    JoinOptions options = JoinOptions.parse(controlPlane, key == null ? null : KEY);

    // Then
    assertThat(options.command(A, TOKEN, List.of())).isEqualTo(command.replace("KEY", KEY));
  }

  @ParameterizedTest(name = "controlPlane={0}, certificateKey={1}: {2}")
  @CsvSource({
    "yes, , controlPlane",
    "true, abc, certificateKey",
    "true, ' ', certificateKey",
    "true, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde, certificateKey",
    "true, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0, certificateKey",
    "true, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ', certificateKey",
    "true, 0x23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, certificateKey",
    "true, '$(reboot)', certificateKey",
    "TRUE, , controlPlane",
    "1, , controlPlane",
    "true, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg, certificateKey",
    "true, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;', certificateKey",
    "false, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, controlPlane",
  })
  void namesTheInvalidParameter(String controlPlane, String key, String field) {
    assertThat(refused(() -> JoinOptions.parse(controlPlane, key)).field()).isEqualTo(field);
  }

  /** The directory contains files that an unquoted pattern would match. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "10.0.0.1:6443",
        "api.example.org.:443",
        "[fd00::1]:6443",
        "[::1]:443",
        "[::ffff:10.0.0.1]:1"
      })
  void isSafeToPasteIntoAShell(String endpoint, @TempDir Path directory) throws Exception {
    // Given
    for (String name : List.of("f:6443", ":6443", "1:443", "1:1", "0.0.0.1:1", "1:6443")) {
      Files.createFile(directory.resolve(name));
    }
    JoinOptions options = JoinOptions.parse("true", KEY);
    String command =
        options.command(Endpoint.parse(endpoint), TOKEN, List.of("sha256:aa", "sha256:bb"));

    // When
    Process shell =
        new ProcessBuilder("sh", "-c", "set -- " + command + "\nprintf '%s\\n' \"$@\"")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // Then
    assertThat(words.lines())
        .containsExactly(
            "kubeadm",
            "join",
            endpoint,
            "--token",
            TOKEN,
            "--discovery-token-ca-cert-hash",
            "sha256:aa",
            "--discovery-token-ca-cert-hash",
            "sha256:bb",
            "--control-plane",
            "--certificate-key",
            KEY);
  }

  @Test
  void doesNotPrintTheKey() {
    assertThat(JoinOptions.parse(null, KEY)).asString().doesNotContain(KEY);
  }
}
