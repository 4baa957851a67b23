package io.podlab.config.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory with a file a key: a mounted ConfigMap, or any other.
 *
 * <p>The kubelet publishes a version as a directory of its own and swaps the symbolic link {@code
 * ..data} onto it (pkg/volume/util/atomic_writer.go). So the link is resolved once, that directory
 * is read, and the reading counts only if the link still leads there afterwards.
 */
public record ConfigDirectory(Path path) {
  /** What the API server admits for a ConfigMap: value bytes. */
  public static final int MOST_BYTES = 1024 * 1024;

  static final int MOST_KEYS = 10_000;

  private static final String DATA = "..data";
  private static final int ATTEMPTS = 20;

  /**
   * Reads all files, their names not beginning with {@code ..}; directories are passed over.
   *
   * @throws IOException if it cannot be read, is over a limit, or changes faster than it can be
   *     read; the message is for a person
   */
  public Snapshot read() throws IOException {
    String missing = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // First the fingerprint: a swap between the two must not look like none.
      String before = fingerprint();
      Path version = version();
      try {
        Snapshot snapshot = Snapshot.of(files(version));
        if (before.equals(fingerprint())) {
          return snapshot;
        }
      } catch (NoSuchFileException swappedAway) {
        if (!Files.isDirectory(path)) {
          throw new IOException(path + " is gone");
        }
        missing = "; " + swappedAway.getMessage() + " leads nowhere";
      }
    }
    throw new IOException(path + " changes faster than it can be read" + missing);
  }

  /**
   * Changes when the content may have changed: the target of {@code ..data}, or name, size, time
   * and identity of each file. Costs no reading.
   */
  public String fingerprint() throws IOException {
    Path link = path.resolve(DATA);
    if (Files.isSymbolicLink(link)) {
      return Files.readSymbolicLink(link).toString();
    }
    List<Path> files;
    try {
      files = entries(path);
    } catch (NoSuchFileException removed) {
      throw new IOException(path + " is gone");
    }
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        all.append(file.getFileName())
            .append('\0')
            .append(attributes.size())
            .append('\0')
            .append(attributes.lastModifiedTime().toInstant())
            .append('\0')
            .append(attributes.fileKey())
            .append('\0');
      } catch (NoSuchFileException vanished) {
        // As if it had never been listed.
      }
    }
    return all.toString();
  }

  private Path version() throws IOException {
    Path link = path.resolve(DATA);
    return Files.isSymbolicLink(link) ? path.resolve(Files.readSymbolicLink(link)) : path;
  }

  private static SortedMap<String, byte[]> files(Path version) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    int rest = MOST_BYTES;
    for (Path file : entries(version)) {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        continue;
      }
      if (!attributes.isRegularFile()) {
        // Reading a pipe or a device would wait for ever.
        throw new IOException(file + " is no regular file");
      }
      byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(rest + 1);
      }
      if (content.length > rest) {
        throw new IOException(
            "the values are longer than %d bytes together, at %s".formatted(MOST_BYTES, file));
      }
      rest -= content.length;
      files.put(file.getFileName().toString(), content);
    }
    return files;
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path entry : (Iterable<Path>) all::iterator) {
        if (!entry.getFileName().toString().startsWith("..")) {
          entries.add(entry);
        }
        if (entries.size() > MOST_KEYS) {
          throw new IOException(directory + " has more than " + MOST_KEYS + " files");
        }
      }
    } catch (NotDirectoryException e) {
      throw new IOException(directory + " is no directory");
    }
    entries.sort(null);
    return entries;
  }
}
