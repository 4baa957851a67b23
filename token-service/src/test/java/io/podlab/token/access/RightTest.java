package io.podlab.token.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightTest {
  @ParameterizedTest
  @CsvSource({
    "POST, /tokens, '', CREATE, ",
    "POST, /tokens/generate, '', CREATE, ",
    "POST, /tokens/join-command, '', CREATE, ",
    "GET, /tokens, '', LIST, ",
    "HEAD, /tokens, '', LIST, ",
    "GET, /cluster-info, '', LIST, ",
    "GET, /tokens/{}, abcdef, GET, bootstrap-token-abcdef",
    "HEAD, /tokens/{}, abcdef, GET, bootstrap-token-abcdef",
    "GET, /tokens/{}/join-command, abcdef, GET, bootstrap-token-abcdef",
    "GET, /tokens/{}/discovery-file, abcdef, GET, bootstrap-token-abcdef",
    "DELETE, /tokens/{}, abcdef, DELETE, bootstrap-token-abcdef",
    "DELETE, /tokens/{}, abcdef.0123456789abcdef, DELETE, bootstrap-token-abcdef",
    "DELETE, /tokens/{}, abcdef.short, DELETE, ",
    "GET, /tokens/{}, ../x, GET, ",
  })
  void isThePermissionThatKubectlWouldNeed(
      String method, String template, String token, Right.Verb verb, String name) {
    assertThat(Right.of(method, template, token))
        .containsExactly(new Right(verb, Optional.ofNullable(name)));
  }

  @Test
  void areTwoForAPatchAsWithKubectl() {
    assertThat(Right.of("PATCH", "/tokens/{}", "abcdef.0123456789abcdef"))
        .containsExactly(
            new Right(Right.Verb.GET, Optional.of("bootstrap-token-abcdef")),
            new Right(Right.Verb.PATCH, Optional.of("bootstrap-token-abcdef")));
  }

  @Test
  void areTwoForADeleteOfSeveralTokensAsWithKubectl() {
    assertThat(Right.of("DELETE", "/tokens", ""))
        .containsExactly(
            new Right(Right.Verb.LIST, Optional.empty()),
            new Right(Right.Verb.DELETE, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"GET, /ca/hash", "POST, /ca/hash", "GET, /ca.crt", "HEAD, /ca.crt"})
  void isNotNeededForOpenEndpoints(String method, String template) {
    assertThat(Right.of(method, template, "")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT /tokens", "GET /tokens/{}/secret", "PUT /tokens/{}", "GET /"})
  void isUndefinedForAnUnlistedEndpoint(String endpoint) {
    // Given
    String[] words = endpoint.split(" ");

    // Then
    assertThatThrownBy(() -> Right.of(words[0], words[1], ""))
        .isInstanceOf(IllegalStateException.class);
  }
}
