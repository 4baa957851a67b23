package io.podlab.lab;

import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * A command failed. The message has one or more lines for the user; each line says what is wrong
 * and what to do. {@link Lab} prints the message to stderr after {@code lab: }, without a stack
 * trace, and exits with {@link #exitCode()}.
 */
public final class Failure extends RuntimeException {
  /** The command tried and did not succeed. */
  public static final int FAILED = 1;

  /** The command line is invalid. Picocli uses the same code. */
  public static final int USAGE = 2;

  /** A requirement is missing: a tool, a container engine or a cluster. */
  public static final int MISSING = 3;

  /** A conflict on this machine: a port is in use, or the lab is already running. */
  public static final int CONFLICT = 4;

  private final int exitCode;

  private Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static Failure failed(String message) {
    return new Failure(FAILED, message);
  }

  public static Failure missing(String message) {
    return new Failure(MISSING, message);
  }

  public static Failure conflict(String message) {
    return new Failure(CONFLICT, message);
  }

  public static Failure usage(String message) {
    return new Failure(USAGE, message);
  }

  /** The reason of a file error, in the words of the operating system. */
  public static String reason(IOException failure) {
    if (!(failure instanceof FileSystemException file)) {
      return failure.toString();
    }
    return file.getReason() != null
        ? file.getReason()
        : switch (file.getClass().getSimpleName()) {
          case "NoSuchFileException" -> "no such file or directory";
          case "AccessDeniedException" -> "permission denied";
          case "FileAlreadyExistsException", "NotDirectoryException" ->
              "it is a file; use a directory";
          default -> file.toString();
        };
  }

  public int exitCode() {
    return exitCode;
  }
}
