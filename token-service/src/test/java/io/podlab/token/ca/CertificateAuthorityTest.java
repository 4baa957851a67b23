package io.podlab.token.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final CertificateAuthority MADE = CertificateAuthority.make(NOW);

  @Test
  void isSelfSignedWithKubeadmsNameAndExtensions() throws Exception {
    // Given
    X509Certificate certificate = certificate(MADE);
    int keyCertSign = 5;

    // Then
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getIssuerX500Principal())
        .isEqualTo(certificate.getSubjectX500Principal());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=kubernetes");
    assertThat(certificate.getKeyUsage()[keyCertSign]).isTrue();
    assertThat(certificate.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void isValidFromFiveMinutesAgoForTenYears() throws Exception {
    assertThat(certificate(MADE).getNotAfter())
        .isEqualTo(Date.from(NOW.plus(3650, ChronoUnit.DAYS)));
    assertThat(certificate(MADE).getNotBefore())
        .isBeforeOrEqualTo(Date.from(NOW.minus(5, ChronoUnit.MINUTES)));
  }

  @Test
  void hasTheKeyOfItsCertificate() throws Exception {
    // Given
    byte[] message = {1, 2, 3};
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key(MADE));
    signer.update(message);
    byte[] signature = signer.sign();

    // When
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(certificate(MADE));
    verifier.update(message);

    // Then
    assertThat(verifier.verify(signature)).isTrue();
  }

  @Test
  void hasAUniqueKey() {
    // When
    CertificateAuthority another = CertificateAuthority.make(NOW);

    // Then
    assertThat(another.key()).isNotEqualTo(MADE.key());
  }

  @Test
  void hidesTheKeyInToString() {
    // When, Then
    assertThat(MADE.toString()).doesNotContain(MADE.key().lines().toList().get(1));
  }

  private static X509Certificate certificate(CertificateAuthority authority) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    authority.certificate().getBytes(StandardCharsets.US_ASCII)));
  }

  private static PrivateKey key(CertificateAuthority authority) throws Exception {
    try (PEMParser parser = new PEMParser(new StringReader(authority.key()))) {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
    }
  }
}
