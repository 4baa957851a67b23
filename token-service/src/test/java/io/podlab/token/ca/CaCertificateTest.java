package io.podlab.token.ca;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaCertificateTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String UNREADABLE = "has a key that kubeadm cannot read";

  /**
   * The hashes come from {@code openssl x509 -pubkey -noout -in … | openssl pkey -pubin -outform
   * der | sha256sum}.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsa.crt, 1be740302918b4a95a03bcff85608f79678d2e1da201d3fe5265fd4502424d53",
    "ec.crt, cd7651eeb1bf10bba4d89da533dbce614df26b8cdac7740f25cf55b3df16fc95",
    "ed25519.crt, f6d440f94ab08bc791d8f2608ede87fa5ecba26fdb9ca76ab08723484fdae8bd",
    "p224.crt, 129e8a22ff9b0dcf0821c194a83156b01ffb10023fd95b6d8d39a58bf3dd1140",
    "secp256k1.crt, 8972bb186d204317a8bb848f8ccc9195f57c5dce3ef6208a1ffa0586133c58e7",
    "compressed-point.crt, 94a99f51048b95d2b598e3df33f8bdfe17a806cb9595f9ac99a54049182b7bea",
    "explicit-curve.crt, bb69becb0ddbeceb37c1b29376a167d236695118c109fd89046fab37a2f9ed7b",
  })
  void hasTheHashThatOpensslComputes(String file, String hash) throws Exception {
    assertThat(CaCertificate.of(read(file), NOW).hash()).isEqualTo("sha256:" + hash);
  }

  private static X509CertificateHolder read(String file) throws Exception {
    try (PEMParser parser =
        new PEMParser(
            new InputStreamReader(
                CaCertificateTest.class.getResourceAsStream(file), StandardCharsets.US_ASCII))) {
      return (X509CertificateHolder) parser.readObject();
    }
  }

  /** Whether Go 1.19's {@code x509.ParseCertificate} accepts the key and can verify signatures. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "rsa.crt, true",
    "ec.crt, true",
    "ed25519.crt, true",
    "p224.crt, true",
    "secp256k1.crt, false",
    "compressed-point.crt, false",
    "explicit-curve.crt, false",
    "ed448.crt, false",
  })
  void saysWhetherGoCanReadTheKey(String file, boolean readable) throws Exception {
    assertThat(CaCertificate.of(read(file), NOW).problems().stream().noneMatch(UNREADABLE::equals))
        .isEqualTo(readable);
  }

  @Test
  void keepsItsHashIfRenewedWithTheSameKey() throws Exception {
    // Given
    KeyPair keys = TestCertificates.EC.newKeys();
    X509CertificateHolder old = TestCertificates.EC.newCertificate(keys, BigInteger.ONE);
    X509CertificateHolder renewed = TestCertificates.EC.newCertificate(keys, BigInteger.TWO);

    // When, Then
    assertThat(CaCertificate.of(renewed, NOW).hash()).isEqualTo(CaCertificate.of(old, NOW).hash());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"RSA, RSA 2048", "EC, EC 256", "EC_384, EC 384", "ED25519, EdDSA"})
  void describesTheTypeOfTheKey(TestCertificates kind, String type) throws Exception {
    // Given
    X509CertificateHolder certificate = kind.newCertificate();

    // When
    CaCertificate described = CaCertificate.of(certificate, NOW);

    // Then
    assertThat(described.keyType()).isEqualTo(type);
  }

  @Test
  void describesSubjectSerialAndValidity() throws Exception {
    // Given
    X509CertificateHolder certificate =
        TestCertificates.EC.newCertificate(
            TestCertificates.EC.newKeys(), new BigInteger("fe0123456789abcdef", 16));

    // When
    CaCertificate described = CaCertificate.of(certificate, NOW);

    // Then
    assertThat(described)
        .extracting(CaCertificate::subject, CaCertificate::serial, CaCertificate::notAfter)
        .containsExactly(
            Optional.of("CN=kubernetes"),
            Optional.of("fe0123456789abcdef"),
            Optional.of(Instant.parse("2120-03-01T12:00:00Z")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2020-03-01T11:59:59Z, is not valid before 2020-03-01T12:00:00Z",
    "2020-03-01T12:00:00Z, ",
    "2120-03-01T12:00:00Z, ",
    "2120-03-01T12:00:01Z, expired on 2120-03-01T12:00:00Z",
  })
  void hasAProblemOutsideItsValidity(Instant now, String problem) throws Exception {
    assertThat(CaCertificate.of(TestCertificates.EC.newCertificate(), now).problems())
        .isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  static Stream<Arguments> purposes() {
    int sign = KeyUsage.keyCertSign;
    return Stream.of(
        Arguments.of(new BasicConstraints(true), null, true),
        Arguments.of(new BasicConstraints(0), null, true),
        Arguments.of(new BasicConstraints(true), new KeyUsage(sign), true),
        Arguments.of(
            new BasicConstraints(true), new KeyUsage(sign | KeyUsage.digitalSignature), true),
        Arguments.of(new BasicConstraints(true), new KeyUsage(KeyUsage.digitalSignature), false),
        Arguments.of(new BasicConstraints(false), null, false),
        Arguments.of(new BasicConstraints(false), new KeyUsage(sign), false),
        Arguments.of(null, new KeyUsage(sign), false),
        Arguments.of(null, new KeyUsage(KeyUsage.keyEncipherment), false),
        Arguments.of(null, null, false));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("purposes")
  void isACaByGosRule(BasicConstraints constraints, KeyUsage usage, boolean ca) throws Exception {
    // Given
    X509CertificateHolder certificate =
        TestCertificates.EC.newCertificate(
            TestCertificates.EC.newKeys(), BigInteger.ONE, constraints, usage);

    // When, Then
    assertThat(CaCertificate.of(certificate, NOW).problems())
        .isEqualTo(ca ? List.of() : List.of("is not a CA certificate"));
  }

  /** X.509 version 1 has no extensions, so every certificate may be a CA. */
  @Test
  void ofVersion1MayBeACa() throws Exception {
    // Given
    KeyPair keys = TestCertificates.EC.newKeys();
    X500Name name = new X500Name("CN=kubernetes");
    X509CertificateHolder certificate =
        new JcaX509v1CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(TestCertificates.BEGIN),
                Date.from(TestCertificates.END),
                name,
                keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));

    // When, Then
    assertThat(CaCertificate.of(certificate, NOW).problems()).isEmpty();
  }
}
