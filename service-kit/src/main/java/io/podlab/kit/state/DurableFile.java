package io.podlab.kit.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Replaces files atomically: a reader, or the next start after a crash, sees either the old content
 * or the new content.
 */
public final class DurableFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private DurableFile() {}

  /**
   * Creates the directory and its parents if they do not exist, accessible only to the owner. When
   * this method returns, the directory survives a power failure.
   */
  public static void createDirectory(Path directory) throws IOException {
    createDirectory(directory, DurableFile::force);
  }

  /** Flushes the entries of a directory to disk. */
  public interface Force {
    void force(Path directory) throws IOException;
  }

  static void createDirectory(Path directory, Force disk) throws IOException {
    Deque<Path> parents = new ArrayDeque<>();
    Path next = directory.toAbsolutePath().normalize();
    while (Files.notExists(next)) {
      next = next.getParent();
      parents.push(next);
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (Path parent : parents) {
      disk.force(parent);
    }
  }

  /**
   * Writes a temporary file, calls fsync, renames it, and calls fsync on the directory. When this
   * method returns, the content survives a power failure. Only the owner can read the file.
   *
   * @throws NotDurableException if the file has the new content, but a power failure might restore
   *     the old content
   * @throws IOException if the file still has its old content
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, DurableFile::force);
  }

  /** The file has its new content, but the disk has not confirmed it. */
  public static final class NotDurableException extends IOException {
    private static final long serialVersionUID = 1L;

    private NotDurableException(Path file, IOException cause) {
      super(file + " was written, but a power failure might restore its old content", cause);
    }
  }

  public static void write(Path file, byte[] content, Force disk) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = directory.resolve(file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try {
      writeDurably(temporary, content);
    } catch (IOException e) {
      // On a full disk, a partial file would waste space.
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try {
      disk.force(directory);
    } catch (IOException e) {
      throw new NotDurableException(file, e);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }
}
