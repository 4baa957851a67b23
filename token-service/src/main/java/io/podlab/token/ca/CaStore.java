package io.podlab.token.ca;

import io.podlab.kit.state.DurableFile;
import io.podlab.token.state.StateConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * Without a cluster: the CA that was given, or the one that was made on first start. Two first
 * starts at once would each make one: the directory must be locked by then.
 */
@Singleton
public final class CaStore {
  private static final Logger LOG = Logger.getLogger(CaStore.class);

  private final String pem;

  @Inject
  CaStore(CaConfig config, StateConfig state, Clock clock) {
    this.pem =
        config
            .caFile()
            .map(file -> CertificateFile.read("LAB_TOKEN_CA_FILE", file))
            .orElseGet(() -> own(state.directory(), clock));
  }

  /** The certificates alone, whatever else their file holds. */
  public String pem() {
    return pem;
  }

  /** A CA that exists is never replaced: every join command given out so far pins it. */
  private static String own(Path directory, Clock clock) {
    Path certificate = directory.resolve("ca.crt");
    try {
      DurableFile.createDirectory(directory);
      if (!Files.exists(certificate)) {
        CertificateAuthority made = CertificateAuthority.make(clock.instant());
        // The certificate last: it stands for the whole, should the process die in between.
        DurableFile.write(directory.resolve("ca.key"), made.key().getBytes(StandardCharsets.UTF_8));
        DurableFile.write(certificate, made.certificate().getBytes(StandardCharsets.UTF_8));
        LOG.infof("made a certificate authority: %s", certificate);
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "no certificate authority can be kept in %s (%s); LAB_TOKEN_DIR names another directory"
              .formatted(directory, e));
    }
    return CertificateFile.read("the CA in LAB_TOKEN_DIR", certificate);
  }
}
