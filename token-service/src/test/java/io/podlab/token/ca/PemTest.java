package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.hash;
import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import org.junit.jupiter.params.provider.Arguments;
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

  /** {@code openssl ec -param_enc explicit -pubout} and {@code -conv_form compressed -pubout}. */
  private static final String EXPLICIT_CURVE =
      """
      -----BEGIN PUBLIC KEY-----
      MIIBSzCCAQMGByqGSM49AgEwgfcCAQEwLAYHKoZIzj0BAQIhAP////8AAAABAAAA
      AAAAAAAAAAAA////////////////MFsEIP////8AAAABAAAAAAAAAAAAAAAA////
      ///////////8BCBaxjXYqjqT57PrvVV2mIa8ZR0GsMxTsPY7zjw+J9JgSwMVAMSd
      NgiG5wSTamZ44ROdJreBn36QBEEEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5
      RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9QIhAP////8AAAAA
      //////////+85vqtpxeehPO5ysL8YyVRAgEBA0IABMzPN45Pn/cDiKng/ZLbJk7S
      g+NwsdxrMlszKabm0UMYXwBE/iX+FCO4yqFQ3KvBSedhkNxaYqnubq9JcXcBj5g=
      -----END PUBLIC KEY-----
      """;

  private static final String COMPRESSED_POINT =
      """
      -----BEGIN PUBLIC KEY-----
      MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADZ6pKa4TtuuuaM+d6I3EwCQKXMur6
      RrEHGpKSx6EPszs=
      -----END PUBLIC KEY-----
      """;

  /** {@code openssl req -x509} with the first of these. */
  private static final String EXPLICIT_CURVE_CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIICbzCCAhWgAwIBAgIUOnFlcUCkWiT7bopYeV73K6gaxKMwCgYIKoZIzj0EAwIw
      EzERMA8GA1UEAwwIZXhwbGljaXQwHhcNMjYxMTIyMTY0MjIwWhcNMzYxMTE5MTY0
      MjIwWjATMREwDwYDVQQDDAhleHBsaWNpdDCCAUswggEDBgcqhkjOPQIBMIH3AgEB
      MCwGByqGSM49AQECIQD/////AAAAAQAAAAAAAAAAAAAAAP///////////////zBb
      BCD/////AAAAAQAAAAAAAAAAAAAAAP///////////////AQgWsY12Ko6k+ez671V
      dpiGvGUdBrDMU7D2O848PifSYEsDFQDEnTYIhucEk2pmeOETnSa3gZ9+kARBBGsX
      0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivO
      M1drMV7Oy7ZAaDe/UfUCIQD/////AAAAAP//////////vOb6racXnoTzucrC/GMl
      UQIBAQNCAATMzzeOT5/3A4ip4P2S2yZO0oPjcLHcazJbMymm5tFDGF8ARP4l/hQj
      uMqhUNyrwUnnYZDcWmKp7m6vSXF3AY+Yo1MwUTAdBgNVHQ4EFgQUbez/+nSZ8FoW
      VbW31ESADe4do9IwHwYDVR0jBBgwFoAUbez/+nSZ8FoWVbW31ESADe4do9IwDwYD
      VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAvsVcHxlTvR9636To717N
      ITQNquPT7XvLL57e8XShInsCIGPFVzWLwaZsFIiTvcYqXwbLBxTxloEnE3YqXdpE
      rlHD
      -----END CERTIFICATE-----
      """;

  /** The hashes are what {@code openssl pkey -pubin -outform der | sha256sum} said. */
  static Stream<Arguments> unusualKeys() {
    return Stream.of(
        Arguments.of(
            EXPLICIT_CURVE, "bb69becb0ddbeceb37c1b29376a167d236695118c109fd89046fab37a2f9ed7b"),
        Arguments.of(
            COMPRESSED_POINT, "aab5d31d32dc8e371225cba68bbd585f162e2fd053b2c3ee1a9d559a7d4b8a8c"),
        Arguments.of(
            EXPLICIT_CURVE_CERTIFICATE,
            "bb69becb0ddbeceb37c1b29376a167d236695118c109fd89046fab37a2f9ed7b"));
  }

  @ParameterizedTest
  @MethodSource("unusualKeys")
  void hashesAKeyAsItIsWritten(String text, String hash) {
    // When
    List<CaCertificate> read = Pem.read(text);

    // Then
    assertThat(read)
        .extracting(CaCertificate::hash, CaCertificate::keyType)
        .containsExactly(tuple("sha256:" + hash, "EC 256"));
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
