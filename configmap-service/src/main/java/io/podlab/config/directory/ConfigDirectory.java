package io.podlab.config.directory;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.podlab.kit.state.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory with one file for each key: a mounted ConfigMap, or a plain directory.
 *
 * <p>The kubelet writes each version to a new directory and then points the symbolic link {@code
 * ..data} to it (pkg/volume/util/atomic_writer.go). This class resolves the link once, reads the
 * target, and uses the result only if the link still has the same target afterwards.
 *
 * <p>In a plain directory, it ignores hidden files and names that no ConfigMap key can have: they
 * belong to an editor or to git.
 */
public final class ConfigDirectory implements Source {
  private static final int MOST_KEYS = 10_000;

  private static final String DATA = "..data";
  private static final int ATTEMPTS = 20;
  private static final Pattern PLAIN_KEY = Pattern.compile("[-_a-zA-Z0-9][-._a-zA-Z0-9]{0,252}");

  /**
   * The coarsest time stamps of a file system are two seconds apart. A file that changed less than
   * two seconds before it was read can change again with the same time stamp.
   */
  static final Duration TICK = Duration.ofSeconds(2);

  private final Path path;
  private final Clock clock;
  private final int mostKeys;
  private final SourceName name;

  private Fingerprint known = Fingerprint.NONE;
  private Reading reading;
  private Optional<Instant> confirmedAt = Optional.empty();

  /** The source is a volume if {@code ..data} exists now, otherwise a plain directory. */
  public ConfigDirectory(Path path, Clock clock) {
    this(path, clock, MOST_KEYS);
  }

  ConfigDirectory(Path path, Clock clock, int mostKeys) {
    this.path = path;
    this.clock = clock;
    this.mostKeys = mostKeys;
    this.name = Files.isSymbolicLink(path.resolve(DATA)) ? SourceName.VOLUME : SourceName.DIRECTORY;
  }

  @Override
  public SourceName name() {
    return name;
  }

  @Override
  public String origin() {
    return path.toString();
  }

  @Override
  public String reloads() {
    return name == SourceName.VOLUME
        ? "when the kubelet updates ..data: after its sync period (about a minute) and cache delay"
        : "when its files change";
  }

  @Override
  public boolean watching() {
    return true;
  }

  @Override
  public ReadResult look() {
    return look(false);
  }

  @Override
  public ReadResult read() {
    return look(true);
  }

  private ReadResult look(boolean anew) {
    Instant now = clock.instant();
    Reading next;
    try {
      next = anew || known.isRacy() || !fingerprint().equals(known) ? readAll() : reading;
    } catch (RefusedException e) {
      known = Fingerprint.NONE;
      next = new Reading.Refused(e.key, e.getMessage());
    } catch (NoSuchFileException gone) {
      known = Fingerprint.NONE;
      next = new Reading.Gone(gone.getFile() + " does not exist");
    } catch (IOException e) {
      known = Fingerprint.NONE;
      next = new Reading.Unreadable(reason(e));
    }
    if (!next.equals(reading)) {
      reading = next;
    }
    if (!(reading instanceof Reading.Unreadable)) {
      confirmedAt = Optional.of(now);
    }
    return new ReadResult(reading, confirmedAt);
  }

  /** Time stamps of files are compared with the real time, even in a test with another clock. */
  private static Instant realNow() {
    return Clock.systemUTC().instant();
  }

  /** Always names the directory or a file in it. */
  private String reason(IOException e) {
    String reason = FileFailure.reason(path, e);
    String where =
        e instanceof FileSystemException failed && failed.getFile() != null
            ? failed.getFile()
            : path.toString();
    return reason.contains(where) ? reason : where + ": " + reason;
  }

  /** The content cannot be a configuration; reading it again does not help. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String key;

    RefusedException(String key, String why) {
      super(why);
      this.key = key;
    }
  }

  /**
   * Differs whenever the content can have changed.
   *
   * @param all the target of {@code ..data}, or the name, size, times and inode of each file
   * @param newest the time of the newest change
   * @param taken when this was taken
   */
  record Fingerprint(String all, Instant newest, Instant taken) {
    static final Fingerprint NONE = new Fingerprint("none", Instant.MIN, Instant.MAX);

    @Override
    public boolean equals(Object other) {
      return other instanceof Fingerprint that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
      return all.hashCode();
    }

    boolean isRacy() {
      return newest.isAfter(taken.minus(TICK));
    }
  }

  private Reading readAll() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Take the fingerprint first, to notice a swap of the link in between.
      Fingerprint before = fingerprint();
      Path version = version();
      try {
        Snapshot snapshot = Snapshot.of(files(version));
        if (before.equals(fingerprint())) {
          known = before;
          if (snapshot.isEmpty()) {
            return new Reading.Gone(path + " has no keys");
          }
          return new Reading.Content(
              snapshot,
              version.equals(path)
                  ? Optional.empty()
                  : Optional.of(version.getFileName().toString()),
              Optional.of(before.newest()),
              false);
        }
      } catch (NoSuchFileException swappedAway) {
        if (!Files.exists(path)) {
          throw new NoSuchFileException(path.toString());
        }
        if (!version.equals(path) && before.equals(fingerprint()) && !Files.exists(version)) {
          throw new IOException(
              "..data points to %s, which does not exist".formatted(version.getFileName()));
        }
      }
    }
    throw new IOException("it changes faster than the service can read it");
  }

  private Fingerprint fingerprint() throws IOException {
    Instant now = realNow();
    Path link = path.resolve(DATA);
    if (Files.isSymbolicLink(link)) {
      // The kubelet never changes a version after it has published it.
      BasicFileAttributes attributes =
          Files.readAttributes(link, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Fingerprint(
          Files.readSymbolicLink(link) + "\0" + attributes.fileKey(),
          attributes.lastModifiedTime().toInstant(),
          Instant.MAX);
    }
    if (name == SourceName.VOLUME && Files.exists(path)) {
      throw new NoSuchFileException(link.toString());
    }
    StringBuilder all = new StringBuilder();
    // Removing a file changes the time of the directory.
    Instant newest = Files.getLastModifiedTime(path).toInstant();
    for (Path file : entries(path, false)) {
      try {
        Map<String, Object> attributes =
            Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
        Instant modified = ((FileTime) attributes.get("lastModifiedTime")).toInstant();
        Instant changed = ((FileTime) attributes.get("ctime")).toInstant();
        all.append(file.getFileName()).append('\0').append(attributes).append('\0');
        newest = newest.isBefore(changed) ? changed : newest;
        newest = newest.isBefore(modified) && modified.isBefore(now) ? modified : newest;
      } catch (NoSuchFileException gone) {
        // The file was removed after it was listed, or it is a dangling link.
        all.append(file.getFileName()).append("\0gone\0");
      }
    }
    return new Fingerprint(all.toString(), newest, now);
  }

  private Path version() throws IOException {
    Path link = path.resolve(DATA);
    return Files.isSymbolicLink(link) ? path.resolve(Files.readSymbolicLink(link)) : path;
  }

  private SortedMap<String, byte[]> files(Path version) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    int rest = Snapshot.MOST_BYTES;
    for (Path file : entries(version, !version.equals(path))) {
      String key = file.getFileName().toString();
      BasicFileAttributes attributes;
      try {
        attributes = Files.readAttributes(file, BasicFileAttributes.class);
      } catch (NoSuchFileException dangling) {
        if (version.equals(path) && Files.isSymbolicLink(file)) {
          throw new RefusedException(key, "it is a symbolic link without a target");
        }
        throw dangling;
      }
      if (attributes.isDirectory()) {
        throw new RefusedException(key, "it is a directory; use one file for each key");
      }
      if (!attributes.isRegularFile()) {
        // Reading a pipe or a device could block forever.
        throw new RefusedException(key, "it is not a regular file");
      }
      byte[] content;
      try (InputStream in = Files.newInputStream(file)) {
        content = in.readNBytes(rest + 1);
      }
      if (content.length > rest) {
        throw new RefusedException(
            key,
            "the values are too large with this file; a ConfigMap can contain at most %,d bytes"
                .formatted(Snapshot.MOST_BYTES));
      }
      rest -= content.length;
      files.put(key, content);
    }
    return files;
  }

  private List<Path> entries(Path directory, boolean published) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path entry : (Iterable<Path>) all::iterator) {
        String key = entry.getFileName().toString();
        if (published ? !key.startsWith("..") : PLAIN_KEY.matcher(key).matches()) {
          entries.add(entry);
        }
        if (entries.size() > mostKeys) {
          throw new RefusedException(
              "", "the directory has too many files; use at most %,d".formatted(mostKeys));
        }
      }
    } catch (NotDirectoryException e) {
      throw new IOException("it is not a directory");
    }
    entries.sort(null);
    return entries;
  }
}
