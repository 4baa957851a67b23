package io.podlab.token.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaCertificateTest {
  /**
   * The hashes are what {@code openssl x509 -pubkey -noout -in … | openssl pkey -pubin -outform der
   * | sha256sum} said when the certificates were made.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsa.crt, 1be740302918b4a95a03bcff85608f79678d2e1da201d3fe5265fd4502424d53",
    "ec.crt, cd7651eeb1bf10bba4d89da533dbce614df26b8cdac7740f25cf55b3df16fc95",
    "ed25519.crt, f6d440f94ab08bc791d8f2608ede87fa5ecba26fdb9ca76ab08723484fdae8bd",
  })
  void hasTheHashThatOpensslComputes(String file, String hash) throws Exception {
    // Given
    X509CertificateHolder certificate;
    try (PEMParser parser =
        new PEMParser(
            new InputStreamReader(
                CaCertificateTest.class.getResourceAsStream(file), StandardCharsets.US_ASCII))) {
      certificate = (X509CertificateHolder) parser.readObject();
    }

    // When
    CaCertificate described = CaCertificate.of(certificate);

    // Then
    assertThat(described.hash()).isEqualTo("sha256:" + hash);
  }

  @Test
  void keepsItsHashWhenItIsRenewedWithTheSameKey() throws Exception {
    // Given
    KeyPair keys = TestCertificates.EC.newKeys();
    X509CertificateHolder old = TestCertificates.EC.newCertificate(keys, BigInteger.ONE);
    X509CertificateHolder renewed = TestCertificates.EC.newCertificate(keys, BigInteger.TWO);

    // When, Then
    assertThat(CaCertificate.of(renewed).hash()).isEqualTo(CaCertificate.of(old).hash());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"RSA, RSA 2048", "EC, EC 256", "EC_384, EC 384", "ED25519, EdDSA"})
  void tellsTheTypeOfTheKey(TestCertificates kind, String type) throws Exception {
    // Given
    X509CertificateHolder certificate = kind.newCertificate();

    // When
    CaCertificate described = CaCertificate.of(certificate);

    // Then
    assertThat(described.keyType()).isEqualTo(type);
  }

  @Test
  void tellsSubjectSerialAndEndOfValidity() throws Exception {
    // Given
    X509CertificateHolder certificate =
        TestCertificates.EC.newCertificate(
            TestCertificates.EC.newKeys(), new BigInteger("fe0123456789abcdef", 16));

    // When
    CaCertificate described = CaCertificate.of(certificate);

    // Then
    assertThat(described)
        .extracting(CaCertificate::subject, CaCertificate::serial, CaCertificate::notAfter)
        .containsExactly(
            Optional.of("CN=kubernetes"),
            Optional.of("fe0123456789abcdef"),
            Optional.of(Instant.parse("2027-03-01T12:00:00Z")));
  }
}
