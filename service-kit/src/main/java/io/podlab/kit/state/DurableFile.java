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
 * Replaces a file such that a reader, or the next start after a crash, sees the old or the new one.
 */
public final class DurableFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private DurableFile() {}

  /**
   * Made only if it is not there, like what it is in; then only the owner may enter it. When this
   * returns, it survives a power failure.
   */
  public static void createDirectory(Path directory) throws IOException {
    createDirectory(directory, DurableFile::force);
  }

  /** How the entries of a directory get to the disk. */
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
   * Temporary file, fsync, rename, fsync of the directory. When this returns, the content survives
   * a power failure. Only the owner may read it.
   *
   * @throws NotDurableException if the file has the new content, but may have the old one again
   *     after a power failure
   * @throws IOException if the file has its old content
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, DurableFile::force);
  }

  /** The new content is there, but the disk has not confirmed it. */
  public static final class NotDurableException extends IOException {
    private static final long serialVersionUID = 1L;

    private NotDurableException(Path file, IOException cause) {
      super(file + " has its new content, which a power failure may undo", cause);
    }
  }

  public static void write(Path file, byte[] content, Force disk) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = directory.resolve(file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    try {
      writeDurably(temporary, content);
    } catch (IOException e) {
      // On a disk that is full, half a file would be in the way of what makes room.
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
