package io.podlab.token.kubeadm;

import static io.podlab.token.Problems.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinOptionsTest {
  private static final String KEY = "0123456789abcdef".repeat(4);
  private static final String TOKEN = "abcdef.0123456789abcdef";

  @Test
  void isKubeadmsCommand() {
    assertThat(JoinOptions.WORKER.command("10.0.0.1:6443", TOKEN, List.of("sha256:aa")))
        .isEqualTo(
            "kubeadm join 10.0.0.1:6443 --token abcdef.0123456789abcdef"
                + " --discovery-token-ca-cert-hash sha256:aa");
  }

  @Test
  void pinsEveryCertificate() {
    assertThat(JoinOptions.WORKER.command("a:1", TOKEN, List.of("sha256:aa", "sha256:bb")))
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
  void addsWhatANodeOfTheControlPlaneNeeds(String controlPlane, String key, String command) {
    // When
    JoinOptions options = JoinOptions.parse(controlPlane, key == null ? null : KEY);

    // Then
    assertThat(options.command("a:1", TOKEN, List.of())).isEqualTo(command.replace("KEY", KEY));
  }

  @ParameterizedTest(name = "controlPlane={0}, certificateKey={1}: {2}")
  @CsvSource({
    "yes, , controlPlane",
    "'', , controlPlane",
    "true, abc, certificateKey",
    "true, '', certificateKey",
    "true, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg, certificateKey",
    "true, '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef;', certificateKey",
    "false, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, controlPlane",
  })
  void refusesWhatWouldMakeNoCommand(String controlPlane, String key, String field) {
    assertThat(refused(() -> JoinOptions.parse(controlPlane, key)).field()).isEqualTo(field);
  }

  @Test
  void doesNotPrintTheKey() {
    assertThat(JoinOptions.parse(null, KEY)).asString().doesNotContain(KEY);
  }
}
