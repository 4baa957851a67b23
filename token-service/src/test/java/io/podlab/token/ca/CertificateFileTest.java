package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void choose() {
    file = directory.resolve("ca.crt");
  }

  @Test
  void readsSeveralCertificatesInTheirOrder() throws Exception {
    // Given
    X509CertificateHolder first = TestCertificates.RSA.newCertificate();
    X509CertificateHolder second = TestCertificates.EC.newCertificate();
    Files.writeString(file, pem(first) + pem(second));

    // When
    List<X509Certificate> certificates = CertificateFile.read("LAB_TOKEN_CA_FILE", file);

    // Then
    assertThat(certificates)
        .extracting(X509Certificate::getEncoded)
        .containsExactly(first.getEncoded(), second.getEncoded());
  }

  @Test
  void skipsTheTextAroundCertificates() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    Files.writeString(
        file,
        "Certificate:\n    Data:\n        Version: 3\n"
            + certificate
            + "# the old one\r\n"
            + certificate.replace("\n", "\r\n")
            + "\n\n");

    // When
    List<X509Certificate> certificates = CertificateFile.read("LAB_TOKEN_CA_FILE", file);

    // Then
    assertThat(certificates).hasSize(2);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(
      strings = {
        "",
        "\n",
        "garbage",
        "{\"kind\": \"ConfigMap\"}",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n",
        "\u0000\u0001\u0002",
      })
  void refusesWhatIsNoCertificate(String content) throws IOException {
    // Given
    Files.writeString(file, content);

    // When, Then
    assertRefused("it holds no X.509 certificate in PEM form");
  }

  @Test
  void refusesAPrivateKeyWithoutRepeatingIt() throws Exception {
    // Given
    String key = pem(TestCertificates.EC.newKeys().getPrivate());
    Files.writeString(file, key);

    // When, Then
    assertThatThrownBy(() -> CertificateFile.read("LAB_TOKEN_CA_FILE", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "LAB_TOKEN_CA_FILE=%s makes no sense: it holds no X.509 certificate".formatted(file))
        .hasMessageNotContaining(key.lines().toList().get(1))
        .hasNoCause();
  }

  @Test
  void refusesAFileWhoseSecondCertificateIsDamaged() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    Files.writeString(file, certificate + certificate.substring(0, certificate.length() / 2));

    // When, Then
    assertRefused("it holds no X.509 certificate in PEM form, or a damaged one");
  }

  @Test
  void takesAFileOf64KiB() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    Files.writeString(file, certificate + "\n".repeat(64 * 1024 - certificate.length()));

    // When
    List<X509Certificate> certificates = CertificateFile.read("LAB_TOKEN_CA_FILE", file);

    // Then
    assertThat(certificates).hasSize(1);
  }

  @Test
  void refusesALongerFile() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    Files.writeString(file, certificate + "\n".repeat(64 * 1024 + 1 - certificate.length()));

    // When, Then
    assertRefused("it is longer than 65536 bytes");
  }

  @Test
  void refusesMoreCertificatesThanAreHashed() throws Exception {
    // Given
    Files.writeString(file, pem(TestCertificates.ED25519.newCertificate()).repeat(Pem.MOST + 1));

    // When, Then
    assertRefused("it holds more than 100 certificates");
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    // When, Then
    assertRefused("there is no such file");
  }

  @Test
  void refusesADirectory() {
    // Given
    file = directory;

    // When, Then
    assertRefused("it is no regular file");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> CertificateFile.read("LAB_TOKEN_CA_FILE", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_TOKEN_CA_FILE=%s makes no sense: %s".formatted(file, why));
  }
}
