package io.podlab.token.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.podlab.token.bootstrap.BootstrapToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {
  private static final BootstrapToken WHOLE =
      new BootstrapToken(
          "abcdef",
          "0123456789abcdef",
          Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
          List.of("authentication", "signing"),
          List.of("system:bootstrappers:a", "system:bootstrappers:b"),
          "for Käthe");

  private static Secret secret(Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("bootstrap-token-abcdef")
        .endMetadata()
        .withType(TokenSecret.TYPE)
        .withData(
            data.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        entry ->
                            Base64.getEncoder()
                                .encodeToString(
                                    entry.getValue().getBytes(StandardCharsets.UTF_8)))))
        .build();
  }

  private static Map<String, String> minimal() {
    return new HashMap<>(Map.of("token-id", "abcdef", "token-secret", "0123456789abcdef"));
  }

  private static Map<String, String> decoded(Secret secret) {
    return secret.getData().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    new String(
                        Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
  }

  @Test
  void createsTheSameSecretAsKubeadm() {
    // When
    Secret secret = TokenSecret.of(WHOLE);

    // Then
    assertThat(secret.getMetadata().getName()).isEqualTo("bootstrap-token-abcdef");
    assertThat(secret.getMetadata().getNamespace()).isEqualTo("kube-system");
    assertThat(secret.getType()).isEqualTo("bootstrap.kubernetes.io/token");
    assertThat(decoded(secret))
        .isEqualTo(
            Map.of(
                "token-id", "abcdef",
                "token-secret", "0123456789abcdef",
                "expiration", "2026-01-02T03:04:05Z",
                "description", "for Käthe",
                "usage-bootstrap-authentication", "true",
                "usage-bootstrap-signing", "true",
                "auth-extra-groups", "system:bootstrappers:a,system:bootstrappers:b"));
  }

  @Test
  void omitsEmptyValues() {
    // Given
    BootstrapToken bare =
        new BootstrapToken(
            "abcdef", "0123456789abcdef", Optional.empty(), List.of(), List.of(), "");

    // Then
    assertThat(decoded(TokenSecret.of(bare))).isEqualTo(minimal());
  }

  @Test
  void parsesWhatItCreates() {
    assertThat(TokenSecret.parse(TokenSecret.of(WHOLE)))
        .usingRecursiveComparison()
        .isEqualTo(WHOLE);
  }

  @Test
  void needsNeitherUsagesNorGroups() {
    // When: a Secret like that of kubeadm init phase upload-certs
    BootstrapToken token = TokenSecret.parse(secret(minimal()));

    // Then
    assertThat(token.usages()).isEmpty();
    assertThat(token.groups()).isEmpty();
    assertThat(token.expires()).isEmpty();
    assertThat(token.description()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05+02:00, 2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05.999Z, 2026-01-02T03:04:05Z"
  })
  void acceptsTheTimesThatGoAccepts(String written, Instant meant) {
    // Given
    Map<String, String> data = minimal();
    data.put("expiration", written);

    // Then
    assertThat(TokenSecret.parse(secret(data)).expires()).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-01-02", "2026-01-02T03:04Z", "2026-02-30T00:00:00Z", "soon", "1767322800"})
  void refusesOtherTimes(String written) {
    // Given
    Map<String, String> data = minimal();
    data.put("expiration", written);

    // Then
    assertThatThrownBy(() -> TokenSecret.parse(secret(data)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expiration is not an RFC 3339 time");
  }

  @Test
  void refusesANameWithoutTheId() {
    // Given
    Map<String, String> data = minimal();
    data.put("token-id", "fedcba");

    // Then
    assertThatThrownBy(() -> TokenSecret.parse(secret(data)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789ABCDEF", "0123456789abcde", "0123456789abcdef0"})
  void refusesAnInvalidSecretWithoutRepeatingIt(String half) {
    // Given
    Map<String, String> data = minimal();
    data.put("token-secret", half);

    // Then
    assertThatThrownBy(() -> TokenSecret.parse(secret(data)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .satisfies(
            message -> {
              if (!half.isEmpty()) {
                assertThat(message).doesNotContain(half);
              }
            });
  }

  @Test
  void ignoresAUsageThatIsNotTrue() {
    // Given
    Map<String, String> data = minimal();
    data.put("usage-bootstrap-signing", "false");
    data.put("usage-bootstrap-authentication", "true");

    // Then
    assertThat(TokenSecret.parse(secret(data)).usages()).containsExactly("authentication");
  }
}
