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

/** The {@link Run} on disk, and the lock that lets one command at a time change it. */
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
          file + " is not what lab wrote; stop the services by hand, then remove it");
    }
  }

  /** A reader sees the old run or the new one, never a half-written file. */
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
   * Does {@code work} while no other command does any; the lock ends with this process too, however
   * that ends.
   *
   * @return false if another command is at work, and nothing was done
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
