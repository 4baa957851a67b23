package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.token.bootstrap.ClusterInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterFactsTest {
  @Test
  void explainWhyMachinesCannotJoin() throws Exception {
    // Given
    Instant now = TestCertificates.END.plusSeconds(1);
    ClusterInfo info =
        new ClusterInfo(
            Optional.empty(),
            "cluster-info names no server",
            pem(TestCertificates.EC.newCertificate()),
            Set.of("b", "a"));

    // When
    ClusterFacts facts = ClusterFacts.of(info, now);

    // Then
    assertThat(facts.warnings())
        .containsExactly(
            "cluster-info names no server", "certificate 1 expired on " + TestCertificates.END);
    assertThat(facts.plainText())
        .isEqualTo(
            """
            Endpoint:  <unknown>
            CA hash:   %s
            Signed by: a, b
            Warning:   %s
            Warning:   %s
            """
                .formatted(
                    facts.caCertHashes().get(0), facts.warnings().get(0), facts.warnings().get(1)));
  }
}
