package io.podlab.config.file;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One file, whose name is its key. On a cluster, the file never changes: {@code subPath} is a bind
 * mount of the inode that the file had when the container started.
 */
public final class SubPathFile implements Source {
  private final Path path;
  private final Clock clock;
  private Reading reading;
  private Optional<Instant> confirmedAt = Optional.empty();

  /**
   * @throws ConfigurationException if the path has no file name to use as the key
   */
  public SubPathFile(Path path, Clock clock) {
    if (path.getFileName() == null) {
      throw new ConfigurationException(
          "LAB_CONFIG_SUBPATH_FILE is invalid: '%s' is not the path of a file; use a path such as /etc/podlab/greeting"
              .formatted(path));
    }
    this.path = path;
    this.clock = clock;
  }

  @Override
  public SourceName name() {
    return SourceName.SUBPATH;
  }

  @Override
  public String origin() {
    return path.toString();
  }

  @Override
  public String reloads() {
    return "when the file changes; on a cluster never, because subPath is a bind mount of the old inode";
  }

  @Override
  public boolean watching() {
    return true;
  }

  @Override
  public ReadResult look() {
    return read();
  }

  @Override
  public ReadResult read() {
    Instant now = clock.instant();
    Reading next = content();
    if (!next.equals(reading)) {
      reading = next;
    }
    if (!(reading instanceof Reading.Unreadable)) {
      confirmedAt = Optional.of(now);
    }
    return new ReadResult(reading, confirmedAt);
  }

  private Reading content() {
    String key = path.getFileName().toString();
    try {
      BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
      if (!before.isRegularFile()) {
        return new Reading.Refused(key, "it is not a regular file");
      }
      byte[] content;
      try (InputStream in = Files.newInputStream(path)) {
        content = in.readNBytes(Snapshot.MOST_BYTES + 1);
      }
      if (content.length > Snapshot.MOST_BYTES) {
        return new Reading.Refused(
            key,
            "the file is too large; a ConfigMap can contain at most %,d bytes"
                .formatted(Snapshot.MOST_BYTES));
      }
      BasicFileAttributes after = Files.readAttributes(path, BasicFileAttributes.class);
      if (before.size() != after.size()
          || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
        return new Reading.Unreadable(path + " changed while the service read it");
      }
      return new Reading.Content(
          Snapshot.of(new TreeMap<>(Map.of(key, content))),
          Optional.empty(),
          Optional.of(after.lastModifiedTime().toInstant()),
          false);
    } catch (NoSuchFileException gone) {
      return new Reading.Gone(path + " does not exist");
    } catch (AccessDeniedException denied) {
      return new Reading.Unreadable("no permission for " + path);
    } catch (IOException e) {
      return new Reading.Unreadable(path + ": " + e.getMessage());
    }
  }
}
