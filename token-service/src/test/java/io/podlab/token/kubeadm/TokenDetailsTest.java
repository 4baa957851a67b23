package io.podlab.token.kubeadm;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenDetailsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** On a cluster, others can write Secrets too. */
  @Test
  void replaceControlCharactersOfADescription() {
    // Given
    String forged = "lab\nSigned: yes\u001b[2J\u009b\u2028";
    BootstrapToken token =
        new BootstrapToken(
            "abcdef",
            "0123456789abcdef",
            Optional.empty(),
            List.of("signing\n"),
            List.of("a\rb"),
            forged);

    // When
    TokenDetails details = TokenDetails.of(token, NOW, false);

    // Then
    assertThat(details.plainText())
        .isEqualTo(
            """
            Token:        abcdef.0123456789abcdef
            Status:       active
            Expires:      never
            Usages:       signing\ufffd
            Description:  lab\ufffdSigned: yes\ufffd[2J\ufffd\ufffd
            Extra groups: a\ufffdb
            Signed:       no
            """);
    assertThat(details.listed().description()).isEqualTo(forged);
  }
}
