package io.podlab.token.state;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Explains a failed write to the state directory in an error message. */
public final class WriteFailure {
  private WriteFailure() {}

  public static String reason(Path directory, Throwable failure) {
    if (!Files.exists(directory)) {
      return "the directory does not exist";
    }
    if (!Files.isDirectory(directory)) {
      return "it is not a directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "the service has no write permission";
    }
    if (failure instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
