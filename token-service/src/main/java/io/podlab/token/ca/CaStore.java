package io.podlab.token.ca;

import io.podlab.kit.state.DurableFile;
import io.podlab.token.state.StateConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Without a cluster: the CA that was given, or the one that was made on first start. */
@Singleton
public final class CaStore {
  private static final Logger LOG = Logger.getLogger(CaStore.class);

  private final String pem;

  @Inject
  CaStore(CaConfig config, StateConfig state, Clock clock) {
    List<X509Certificate> certificates =
        config
            .caFile()
            .map(file -> CertificateFile.read("LAB_TOKEN_CA_FILE", file))
            .orElseGet(() -> own(state.directory(), clock));
    this.pem = certificates.stream().map(CertificateAuthority::pem).collect(Collectors.joining());
  }

  /** The certificates alone, whatever else their file holds. */
  public String pem() {
    return pem;
  }

  /** A CA that exists is never replaced: every join command given out so far pins it. */
  private static List<X509Certificate> own(Path directory, Clock clock) {
    Path certificate = directory.resolve("ca.crt");
    try {
      DurableFile.createDirectory(directory);
      // Two first starts at once would each make one.
      try (FileChannel lock =
              FileChannel.open(
                  directory.resolve("ca.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = lock.lock()) {
        if (held.isValid() && !Files.exists(certificate)) {
          CertificateAuthority made = CertificateAuthority.make(clock.instant());
          // The certificate last: it stands for the whole, should the process die in between.
          DurableFile.write(
              directory.resolve("ca.key"), made.key().getBytes(StandardCharsets.UTF_8));
          DurableFile.write(certificate, made.certificate().getBytes(StandardCharsets.UTF_8));
          LOG.infof("made a certificate authority: %s", certificate);
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "no certificate authority can be kept in %s (%s); LAB_TOKEN_DIR names another directory"
              .formatted(directory, e));
    }
    return CertificateFile.read("the CA in LAB_TOKEN_DIR", certificate);
  }
}
