package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void choose() {
    file = directory.resolve("ca.crt");
  }

  @Test
  void readsCertificatesInTheirOrderWithoutTheTextAroundThem() throws Exception {
    // Given
    String first = pem(TestCertificates.RSA.newCertificate());
    String second = pem(TestCertificates.EC.newCertificate());
    Files.writeString(
        file,
        "Certificate:\n    Data:\n        Version: 3\n"
            + first
            + "# the old one\r\n"
            + second.replace("\n", "\r\n")
            + "\n\n");

    // When, Then
    assertThat(CertificateFile.read("LAB_TOKEN_CA_FILE", file)).isEqualTo(first + second);
  }

  /** {@link PemTest} tests every kind of damage. */
  @Test
  void refusesOtherContent() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    KeyPair keys = TestCertificates.EC.newKeys();

    for (String content :
        List.of(
            "",
            "garbage",
            certificate + certificate.substring(0, certificate.length() / 2),
            pem(keys.getPublic()),
            pem(keys.getPrivate()),
            certificate.repeat(Pem.MOST + 1))) {
      Files.writeString(file, content);

      // When, Then
      assertThatThrownBy(() -> CertificateFile.read("LAB_TOKEN_CA_FILE", file))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("LAB_TOKEN_CA_FILE is invalid: '%s' ".formatted(file))
          .hasMessageEndingWith("; use certificates as PEM or its base64");
    }
  }

  @Test
  void acceptsAFileOf64KiB() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    Files.writeString(file, certificate + "\n".repeat(64 * 1024 - certificate.length()));

    // When, Then
    assertThat(CertificateFile.read("LAB_TOKEN_CA_FILE", file)).isEqualTo(certificate);
  }

  @Test
  void refusesALongerFile() throws Exception {
    // Given
    String certificate = pem(TestCertificates.EC.newCertificate());
    Files.writeString(file, certificate + "\n".repeat(64 * 1024 + 1 - certificate.length()));

    // When, Then
    assertRefused("is too large; use a file of at most 65536 bytes");
  }

  @Test
  void refusesAFileThatDoesNotExist() {
    // When, Then
    assertRefused("does not exist");
  }

  @Test
  void refusesADirectory() {
    // Given
    file = directory;

    // When, Then
    assertRefused("is not a regular file");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> CertificateFile.read("LAB_TOKEN_CA_FILE", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_TOKEN_CA_FILE is invalid: '%s' %s".formatted(file, why));
  }
}
