package io.podlab.token.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Keeps a second process out of a directory, for as long as this one lives. */
final class DirectoryLock implements AutoCloseable {
  private final Path path;
  private FileChannel channel;
  private Object taken;

  DirectoryLock(Path directory) {
    this.path = directory.resolve("lock");
  }

  /**
   * Whether the lock that was taken still guards the directory that is there now: another may have
   * come in its place.
   */
  synchronized boolean isHeld() {
    try {
      return channel != null && key().equals(taken);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * @return false if another process has it
   */
  synchronized boolean take() throws IOException {
    close();
    FileChannel opened =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (opened.tryLock() != null) {
        channel = opened;
        taken = key();
        return true;
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // Answered as if another process held it.
    }
    opened.close();
    return false;
  }

  private Object key() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
