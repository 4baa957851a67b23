package io.podlab.token.ca;

import static io.podlab.token.ca.TestCertificates.hash;
import static io.podlab.token.ca.TestCertificates.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.kit.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaStoreTest {
  @TempDir Path temporary;
  private Path state;

  @BeforeEach
  void choose() {
    state = temporary.resolve("state");
  }

  @Test
  void createsACaOnFirstStart() {
    // When
    CaHashes hashes = hashes(Optional.empty());

    // Then
    assertThat(hashes.plainText()).matches("sha256:[0-9a-f]{64}\n");
  }

  @Test
  void hasTheSameHashAfterARestart() {
    // Given
    CaHashes before = hashes(Optional.empty());

    // When
    CaHashes after = hashes(Optional.empty());

    // Then
    assertThat(after).isEqualTo(before);
  }

  @Test
  void protectsItsKeyFromOtherUsers() throws IOException {
    // When
    open(Optional.empty());

    // Then
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("ca.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void createsANewCaAfterACrashLeftOnlyAKey() throws IOException {
    // Given
    open(Optional.empty());
    Files.delete(state.resolve("ca.crt"));

    // When
    CaHashes hashes = hashes(Optional.empty());

    // Then
    assertThat(hashes.certificates()).hasSize(1);
  }

  @Test
  void hasAHashForEachCertificateOfTheConfiguredFile() throws Exception {
    // Given
    X509CertificateHolder first = TestCertificates.RSA.newCertificate();
    X509CertificateHolder second = TestCertificates.ED25519.newCertificate();
    Path file = Files.writeString(temporary.resolve("ca.crt"), pem(first) + pem(second));

    // When
    CaHashes hashes = hashes(Optional.of(file));

    // Then
    assertThat(hashes.plainText()).isEqualTo(hash(first) + "\n" + hash(second) + "\n");
  }

  @Test
  void createsNoCaIfOneIsConfigured() throws Exception {
    // Given
    Path file =
        Files.writeString(temporary.resolve("ca.crt"), pem(TestCertificates.EC.newCertificate()));

    // When
    open(Optional.of(file));

    // Then
    assertThat(state).doesNotExist();
  }

  @Test
  void doesNotReplaceItsDamagedCa() throws IOException {
    // Given
    Files.createDirectories(state);
    Path certificate = Files.writeString(state.resolve("ca.crt"), "damaged");

    // When, Then
    assertThatThrownBy(() -> open(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("the CA in LAB_TOKEN_DIR is invalid: '" + certificate + "'");
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    // Given
    Files.writeString(state, "");

    // When, Then
    assertThatThrownBy(() -> open(Optional.empty()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(state.toString(), "LAB_TOKEN_DIR");
  }

  private CaHashes hashes(Optional<Path> file) {
    return CaHashes.of(open(file).pem(), new SettableClock().instant());
  }

  private CaStore open(Optional<Path> file) {
    return new CaStore(() -> file, () -> Optional.of(state), new SettableClock());
  }
}
