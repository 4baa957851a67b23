package io.podlab.config.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.kit.state.DurableFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The last good configuration on disk, for a start without a valid configuration. */
final class LastGood {
  static final String FILE = "last-good.json";

  private static final Logger LOG = Logger.getLogger(LastGood.class);

  /** Limit for the file. JSON adds escapes, base64 and keys to the 1 MiB of values. */
  private static final long MOST_BYTES = 16L * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  private LastGood(Path file) {
    this.file = file;
  }

  record Kept(String revision, Map<String, String> data, Map<String, String> binaryData) {}

  static LastGood in(Path directory) {
    try {
      DurableFile.createDirectory(directory);
    } catch (IOException e) {
      throw new ConfigurationException(
          "LAB_CONFIG_LAST_GOOD is invalid: '%s' is not a directory and cannot be created; use a writable path"
              .formatted(directory));
    }
    return new LastGood(directory.resolve(FILE));
  }

  /** Empty if the file does not exist or is damaged. A damaged file is logged. */
  Optional<Snapshot> read() {
    try {
      if (!Files.exists(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      Kept kept = JSON.readValue(file.toFile(), Kept.class);
      if (kept != null) {
        Snapshot snapshot = Snapshot.of(kept.data(), kept.binaryData());
        if (snapshot.revision().equals(kept.revision())) {
          return Optional.of(snapshot);
        }
      }
      LOG.warnf("ignoring %s: its content does not match its revision", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf("ignoring %s: the service cannot read it", file);
    }
    return Optional.empty();
  }

  /** Logs a failure and continues. */
  void write(Snapshot snapshot) {
    try {
      DurableFile.write(
          file,
          JSON.writeValueAsBytes(
              new Kept(snapshot.revision(), snapshot.data(), snapshot.binaryData())));
    } catch (DurableFile.NotDurableException e) {
      LOG.warn(e.getMessage());
    } catch (IOException e) {
      LOG.warnf("cannot save the last good configuration to %s: %s", file, e.getMessage());
    }
  }
}
