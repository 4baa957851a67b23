package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.hash;
import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  @ParameterizedTest
  @EnumSource
  void readsACertificateOfAnyKey(TestCertificates kind) throws Exception {
    // Given
    X509CertificateHolder certificate = kind.newCertificate();

    // When
    List<CaCertificate> read = Pem.read(pem(certificate));

    // Then
    assertThat(read).extracting(CaCertificate::hash).containsExactly(hash(certificate));
    assertThat(read.get(0).subject()).contains("CN=kubernetes");
  }

  @ParameterizedTest
  @EnumSource
  void readsAPublicKeyAndKnowsNothingElseOfIt(TestCertificates kind) throws Exception {
    // Given
    KeyPair keys = kind.newKeys();
    String certificateHash = hash(kind.newCertificate(keys, BigInteger.ONE));

    // When
    List<CaCertificate> read = Pem.read(pem(keys.getPublic()));

    // Then
    assertThat(read).extracting(CaCertificate::hash).containsExactly(certificateHash);
    assertThat(read.get(0))
        .extracting(CaCertificate::subject, CaCertificate::notAfter, CaCertificate::serial)
        .allMatch(fact -> fact.equals(Optional.empty()));
  }

  @Test
  void skipsTheTextAround() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    String text = "Certificate:\n    Data:\n" + certificate + "# old\r\n" + certificate + "\n\n";

    // When, Then
    assertThat(Pem.read(text)).hasSize(2);
  }

  static Stream<Object> privateKeys() throws Exception {
    return Stream.of(
        TestCertificates.RSA.newKeys().getPrivate(),
        TestCertificates.EC.newKeys().getPrivate(),
        new JcaMiscPEMGenerator(TestCertificates.EC.newKeys().getPrivate()),
        new JcaPKCS8Generator(TestCertificates.ED25519.newKeys().getPrivate(), null));
  }

  @ParameterizedTest
  @MethodSource("privateKeys")
  void refusesAPrivateKeyAndDoesNotRepeatIt(Object key) throws Exception {
    // Given
    String text = pem(TestCertificates.EC.newCertificate()) + pem(key);

    // When, Then
    assertThatThrownBy(() -> Pem.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("it holds a private key")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\nMIGH",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nx\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void refusesAPrivateKeyThatIsCutOffOrLockedToo(String text) {
    assertThatThrownBy(() -> Pem.read(text)).hasMessageStartingWith("it holds a private key");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "garbage",
        "{\"kind\": \"ConfigMap\"}",
        "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----",
        "\u0000\u0001\u0002",
        "\u0030\u0082\u0001\u004a",
      })
  void refusesWhatIsNotPem(String text) {
    assertThatThrownBy(() -> Pem.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it is not PEM");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", " ", "\n\n"})
  void refusesNothing(String text) {
    assertThatThrownBy(() -> Pem.read(text)).hasMessage("it is empty");
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n",
        "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ\n-----END CERTIFICATE-----\n",
        "-----BEGIN PUBLIC KEY-----\nZ2FyYmFnZQ==\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n",
      })
  void refusesWhatIsDamaged(String part) throws Exception {
    // Given
    String text = pem(TestCertificates.EC.newCertificate()) + part;

    // When, Then
    assertThatThrownBy(() -> Pem.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number 2 of it is damaged, cut off, or of a kind that is not known");
  }

  /** Every way to cut a certificate off is refused, and none is a mistake of ours. */
  @Test
  void refusesEveryBeginningOfACertificate() throws Exception {
    // Given
    String text = pem(TestCertificates.EC.newCertificate()).strip();

    // When, Then
    for (int length = 0; length < text.length(); length++) {
      String beginning = text.substring(0, length);
      assertThatThrownBy(() -> Pem.read(beginning))
          .describedAs("%d characters", length)
          .isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X509 CRL", "CERTIFICATE REQUEST", "EC PARAMETERS", "SOMETHING"})
  void refusesEverythingElse(String type) {
    // Given
    String text = "-----BEGIN %1$s-----\nMAA=\n-----END %1$s-----\n".formatted(type);

    // When, Then
    assertThatThrownBy(() -> Pem.read(text)).isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesAHundredAndNoMore() throws Exception {
    // Given
    String one = pem(TestCertificates.ED25519.newKeys().getPublic());

    // When, Then
    assertThat(Pem.read(one.repeat(100))).hasSize(100);
    assertThatThrownBy(() -> Pem.read(one.repeat(101)))
        .hasMessage("it holds more than 100 of them");
  }
}
