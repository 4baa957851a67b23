package io.podlab.lab.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.lab.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file with the {@link Run}, and the lock for changes to it. */
final class RunFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path file;
  private final Path lockFile;

  RunFile(StateFolder folder) {
    this.file = folder.runFile();
    this.lockFile = folder.lockFile();
  }

  Run read() throws IOException {
    String json;
    try {
      json = Files.readString(file);
    } catch (NoSuchFileException nothingUp) {
      return Run.none();
    }
    try {
      return JSON.readValue(json, Run.class);
    } catch (IOException e) {
      throw Failure.failed(
          "cannot parse " + file + "; stop the services by hand, and then remove the file");
    }
  }

  /** Replaces the file atomically, so that a reader never sees an incomplete file. */
  void write(Run run) throws IOException {
    Path next = Files.createTempFile(file.getParent(), "services", ".json");
    Files.writeString(next, JSON.writeValueAsString(run));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  interface Work {
    void run() throws Exception;
  }

  /**
   * Runs {@code work} with the lock. The operating system releases the lock if this process dies.
   *
   * @return false if another command has the lock; then {@code work} did not run
   */
  boolean tryExclusively(Work work) throws Exception {
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException heldInThisProcess) {
        return false;
      }
      if (lock == null) {
        return false;
      }
      work.run();
      return true;
    }
  }
}
