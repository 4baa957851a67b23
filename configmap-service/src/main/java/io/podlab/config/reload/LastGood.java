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

/** The last good configuration on disk, for a start at which none can be had. */
final class LastGood {
  static final String FILE = "last-good.json";

  private static final Logger LOG = Logger.getLogger(LastGood.class);

  /** With all that JSON adds: escapes, base64, keys. */
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
          "LAB_CONFIG_LAST_GOOD=%s is invalid: it is not a directory, and none can be made there"
              .formatted(directory));
    }
    return new LastGood(directory.resolve(FILE));
  }

  /** Empty if there is none, or it is damaged, which is logged. */
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
      LOG.warnf("%s is damaged: its content has not the revision that it says", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warnf("%s is damaged, or cannot be read", file);
    }
    return Optional.empty();
  }

  /** A failure is logged, and changes nothing else. */
  void write(Snapshot snapshot) {
    try {
      DurableFile.write(
          file,
          JSON.writeValueAsBytes(
              new Kept(snapshot.revision(), snapshot.data(), snapshot.binaryData())));
    } catch (DurableFile.NotDurableException e) {
      LOG.warn(e.getMessage());
    } catch (IOException e) {
      LOG.warnf("the last good configuration cannot be kept in %s: %s", file, e.getMessage());
    }
  }
}
