package io.podlab.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
  private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

  @Test
  void signsTheCertificateWithItsOwnKey() throws Exception {
    // Given
    Identity identity = create(List.of("localhost"));

    // When
    X509Certificate certificate = identity.certificate();

    // Then
    certificate.verify(certificate.getPublicKey());
    assertThat(identity.matches()).isTrue();
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=demo-app");
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
  }

  @Test
  void namesTheHostsAndAddresses() throws Exception {
    // Given
    X509Certificate certificate =
        SelfSigned.create(
                "demo-app",
                List.of("localhost", "demo-app"),
                List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1")),
                NOW)
            .certificate();

    // When
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();

    // Then
    assertThat(names)
        .extracting(name -> (Object) name.get(1))
        .containsExactly("localhost", "demo-app", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  @Test
  void isValidFromYesterdayForAYear() {
    // When
    X509Certificate certificate = create(List.of("localhost")).certificate();

    // Then
    assertThat(certificate.getNotBefore()).isEqualTo(Date.from(NOW.minus(Duration.ofDays(1))));
    assertThat(certificate.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(365))));
  }

  @Test
  void encodesLongLengths() throws Exception {
    // Given
    List<String> names =
        IntStream.range(0, 40).mapToObj(i -> "host-%d.example".formatted(i)).toList();

    // When
    X509Certificate certificate = create(names).certificate();

    // Then
    assertThat(certificate.getSubjectAlternativeNames()).hasSize(40);
  }

  private static Identity create(List<String> names) {
    return SelfSigned.create("demo-app", names, List.of(), NOW);
  }
}
