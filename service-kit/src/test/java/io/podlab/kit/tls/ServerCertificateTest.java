package io.podlab.kit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
  @TempDir Path directory;
  private Path certificate;
  private Path key;

  private record Settings(
      Optional<Mode> mode, Optional<Path> certificate, Optional<Path> key, Optional<Integer> port)
      implements TlsConfig {}

  @BeforeEach
  void files() throws IOException {
    certificate = directory.resolve("tls.crt");
    key = directory.resolve("tls.key");
    write(identity("first"));
  }

  @Test
  void isEmptyWithoutSettings() {
    assertThat(identityOf(null, null, null)).isEmpty();
  }

  @Test
  void signsItselfIfAsked() {
    // When
    Identity identity = identityOf(TlsConfig.Mode.SELF_SIGNED, null, null).orElseThrow().get();

    // Then
    assertThat(identity.matches()).isTrue();
    assertThat(identity.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=demo-app");
  }

  @Test
  void readsTheFiles() {
    assertThat(commonName(identityOf(null, certificate, key).orElseThrow().get()))
        .isEqualTo("CN=first");
  }

  @Test
  void readsAChain() throws IOException {
    // Given
    Identity leaf = identity("leaf");
    Identity issuer = identity("issuer");
    Files.writeString(
        certificate, pem("CERTIFICATE", encoded(leaf)) + pem("CERTIFICATE", encoded(issuer)));
    Files.writeString(key, pem("PRIVATE KEY", leaf.key().getEncoded()));

    // When
    Identity identity = identityOf(null, certificate, key).orElseThrow().get();

    // Then
    assertThat(identity.chain()).hasSize(2);
    assertThat(commonName(identity)).isEqualTo("CN=leaf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec", "pkcs1", "pkcs8", "ed25519"})
  void readsEachFormOfAKey(String form) throws Exception {
    // Given
    Path given = Path.of(getClass().getResource(form + ".crt").toURI());
    Path itsKey = given.resolveSibling(form + ".key");

    // When
    Identity identity = identityOf(null, given, itsKey).orElseThrow().get();

    // Then
    assertThat(commonName(identity)).isEqualTo("CN=" + form);
    refuses(null, certificate, itsKey, "is not the key of the certificate in " + certificate);
  }

  @Test
  void readsChangedFilesAgain() throws IOException {
    // Given
    CertificateFiles files = new CertificateFiles(certificate, key, Duration.ZERO);
    assertThat(commonName(files.get())).isEqualTo("CN=first");

    // When
    write(identity("renewed"));

    // Then
    assertThat(commonName(files.get())).isEqualTo("CN=renewed");
  }

  /** As the kubelet replaces the files of a Secret. */
  @Test
  void readsFilesAgainWhenTheirDirectoryIsReplaced() throws IOException {
    // Given
    Path data = directory.resolve("..data");
    Files.createSymbolicLink(data, version("..first"));
    Path linked = Files.createSymbolicLink(directory.resolve("a.crt"), Path.of("..data/tls.crt"));
    Path linkedKey =
        Files.createSymbolicLink(directory.resolve("a.key"), Path.of("..data/tls.key"));
    CertificateFiles files = new CertificateFiles(linked, linkedKey, Duration.ZERO);
    assertThat(commonName(files.get())).isEqualTo("CN=..first");

    // When
    Path next = Files.createSymbolicLink(directory.resolve("..next"), version("..renewed"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

    // Then
    assertThat(commonName(files.get())).isEqualTo("CN=..renewed");
  }

  private Path version(String name) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    write(identity(name));
    return folder;
  }

  @Test
  void keepsTheCertificateWhileTheFilesDoNotMatch() throws IOException {
    // Given
    CertificateFiles files = new CertificateFiles(certificate, key, Duration.ZERO);

    // When
    Files.writeString(certificate, pem("CERTIFICATE", encoded(identity("renewed"))));

    // Then
    assertThat(commonName(files.get())).isEqualTo("CN=first");
  }

  @Test
  void refusesOneOfTwoFiles() {
    refuses(null, certificate, null, "LAB_TLS_CERTIFICATE needs LAB_TLS_KEY");
    refuses(null, null, key, "LAB_TLS_KEY needs LAB_TLS_CERTIFICATE");
  }

  @Test
  void refusesAPortWithoutTls() {
    // Given
    Settings config =
        new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(8443));

    // When, Then
    assertThatThrownBy(() -> ServerCertificate.identity(config, "demo-app", Clock.systemUTC()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_TLS_PORT needs TLS; set LAB_TLS=self-signed");
  }

  @Test
  void refusesFilesWithSelfSigned() {
    refuses(TlsConfig.Mode.SELF_SIGNED, certificate, key, "LAB_TLS and LAB_TLS_CERTIFICATE");
  }

  @Test
  void refusesAMissingFile() {
    Path missing = directory.resolve("missing");
    refuses(null, missing, key, "LAB_TLS_CERTIFICATE is invalid: '" + missing + "' does not exist");
    refuses(null, certificate, missing, "LAB_TLS_KEY is invalid: '" + missing + "' does not exist");
  }

  @Test
  void refusesADirectory() {
    refuses(
        null, directory, key, "LAB_TLS_CERTIFICATE is invalid: '" + directory + "' is not a file");
  }

  /** A read would wait for a program that writes. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipe() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    refuses(null, pipe, key, "LAB_TLS_CERTIFICATE is invalid: '" + pipe + "' is not a file");
  }

  @Test
  void refusesAFileThatIsNotPem() throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "not PEM\n");
    Path empty = Files.createFile(directory.resolve("empty"));
    refuses(null, text, key, "is not a PEM certificate");
    refuses(null, empty, key, "is not a PEM certificate");
    refuses(null, key, certificate, "it contains a private key: are the two files swapped?");
    Path der = Files.write(directory.resolve("der"), encoded(identity("der")));
    refuses(null, der, key, "is not a PEM certificate");
    Path both = Files.writeString(directory.resolve("both"), Files.readString(certificate));
    Files.writeString(both, Files.readString(key), StandardOpenOption.APPEND);
    refuses(null, both, key, "use a file with PEM certificates only");
    refuses(null, certificate, text, "is not a PEM private key");
    refuses(null, certificate, certificate, "is not a PEM private key");
  }

  @Test
  void refusesAnEncryptedKey() throws IOException {
    Files.writeString(key, pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
    refuses(null, certificate, key, "'" + key + "' is encrypted; decrypt it with openssl pkey");
  }

  @Test
  void knowsWhenClientsRefuseTheCertificate() {
    // Given
    Identity identity = identity("first");
    Instant begin = identity.certificate().getNotBefore().toInstant();
    Instant end = identity.certificate().getNotAfter().toInstant();

    // Then
    assertThat(identity.invalidity(begin)).isEmpty();
    assertThat(identity.invalidity(begin.minusSeconds(1))).contains("is not valid before " + begin);
    assertThat(identity.invalidity(end.plusSeconds(1))).contains("expired at " + end);
  }

  @Test
  void refusesAKeyOfAnotherCertificate() throws IOException {
    Files.writeString(key, pem("PRIVATE KEY", identity("other").key().getEncoded()));
    refuses(null, certificate, key, "is not the key of the certificate in " + certificate);
  }

  private static void refuses(TlsConfig.Mode mode, Path certificate, Path key, String why) {
    assertThatThrownBy(() -> identityOf(mode, certificate, key))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  private static Optional<Supplier<Identity>> identityOf(
      TlsConfig.Mode mode, Path certificate, Path key) {
    return ServerCertificate.identity(
        new Settings(
            Optional.ofNullable(mode),
            Optional.ofNullable(certificate),
            Optional.ofNullable(key),
            Optional.empty()),
        "demo-app",
        Clock.systemUTC());
  }

  private static Identity identity(String name) {
    return SelfSigned.create(name, List.of("localhost"), List.of(), Instant.now());
  }

  private static String commonName(Identity identity) {
    return identity.certificate().getSubjectX500Principal().getName();
  }

  private void write(Identity identity) throws IOException {
    Files.writeString(certificate, pem("CERTIFICATE", encoded(identity)));
    Files.writeString(key, pem("PRIVATE KEY", identity.key().getEncoded()));
  }

  private static byte[] encoded(Identity identity) {
    try {
      return identity.certificate().getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
  }
}
