package io.podlab.token.ca;

import io.podlab.kit.state.DurableFile;
import io.podlab.kit.state.FileFailure;
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
 * The CA without a cluster: the one in {@code LAB_TOKEN_CA_FILE}, or one that the service creates
 * on first start. The state directory must be locked first; otherwise two processes could each
 * create a CA.
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

  /** The certificates, without any other text of the file. */
  public String pem() {
    return pem;
  }

  /** Never replaces an existing CA: existing join commands contain its hash. */
  private static String own(Path directory, Clock clock) {
    Path certificate = directory.resolve("ca.crt");
    try {
      DurableFile.createDirectory(directory);
      if (!Files.exists(certificate)) {
        CertificateAuthority made = CertificateAuthority.make(clock.instant());
        // The certificate last: if the process dies in between, the next start creates a new pair.
        DurableFile.write(directory.resolve("ca.key"), made.key().getBytes(StandardCharsets.UTF_8));
        DurableFile.write(certificate, made.certificate().getBytes(StandardCharsets.UTF_8));
        LOG.infof("created a certificate authority: %s", certificate);
      }
    } catch (IOException e) {
      throw new ConfigurationException(
          "cannot store a CA in %s: %s; set LAB_TOKEN_DIR to a writable directory"
              .formatted(directory, FileFailure.reason(directory, e)));
    }
    return CertificateFile.read("the CA in LAB_TOKEN_DIR", certificate);
  }
}
