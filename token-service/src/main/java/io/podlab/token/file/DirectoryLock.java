package io.podlab.token.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Locks a directory against other processes until this process ends. */
final class DirectoryLock implements AutoCloseable {
  private final Path path;
  private FileChannel channel;
  private Object taken;

  DirectoryLock(Path directory) {
    this.path = directory.resolve("lock");
  }

  /** Whether the lock still belongs to the current directory, which may have been replaced. */
  synchronized boolean isHeld() {
    try {
      return channel != null && key().equals(taken);
    } catch (IOException gone) {
      return false;
    }
  }

  /**
   * @return false if another process has the lock
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
      // The result is the same as for another process.
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
