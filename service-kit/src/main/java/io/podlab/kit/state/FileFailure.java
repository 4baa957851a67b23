package io.podlab.kit.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why a service cannot use a directory or a file in it. */
public final class FileFailure {
  private FileFailure() {}

  /** A phrase for an error message, such as {@code no permission for /state/tokens.jsonl}. */
  public static String reason(Path directory, Throwable failure) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      return "it is not a directory";
    }
    if (failure instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return Files.exists(directory)
          ? missing.getFile() + " does not exist"
          : "the directory does not exist";
    }
    if (failure instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is not a directory";
    }
    if (failure instanceof FileSystemException other) {
      return other.getReason() == null ? other.toString() : other.getReason();
    }
    return failure instanceof IOException && failure.getMessage() != null
        ? failure.getMessage()
        : failure.toString();
  }
}
