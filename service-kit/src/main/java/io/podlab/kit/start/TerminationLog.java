package io.podlab.kit.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * The file with the termination message that {@code kubectl describe pod} shows: {@code
 * LAB_TERMINATION_LOG}, by default {@code /dev/termination-log}. This class reads the variable
 * directly, because it must work even if another setting is invalid.
 */
public final class TerminationLog {
  private static final String DEFAULT = "/dev/termination-log";

  private TerminationLog() {}

  /** Replaces an earlier message. */
  public static void write(String line) {
    write(file(System.getenv("LAB_TERMINATION_LOG")), line);
  }

  /**
   * @param given the value of the variable; null or empty for the default
   */
  static Path file(String given) {
    return Path.of(given == null || given.isEmpty() ? DEFAULT : given);
  }

  /** Never creates the file: without a kubelet it does not exist. */
  static void write(Path file, String line) {
    if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
      return;
    }
    try {
      Files.writeString(
          file, line + "\n", StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException notWritten) {
      Logger.getLogger(TerminationLog.class).warnf("cannot write %s: %s", file, notWritten);
    }
  }
}
