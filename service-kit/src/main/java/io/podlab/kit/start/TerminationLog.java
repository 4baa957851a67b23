package io.podlab.kit.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * The file from which the kubelet takes a container's last words, for {@code kubectl describe pod}:
 * {@code LAB_TERMINATION_LOG}, by default {@code /dev/termination-log}. Not a setting like others,
 * because it is needed most where a setting is invalid.
 */
public final class TerminationLog {
  private static final String DEFAULT = "/dev/termination-log";

  private TerminationLog() {}

  /** In place of what was written before. */
  public static void write(String line) {
    write(file(System.getenv("LAB_TERMINATION_LOG")), line);
  }

  /**
   * @param given null or empty for the default
   */
  static Path file(String given) {
    return Path.of(given == null || given.isEmpty() ? DEFAULT : given);
  }

  /** Where there is no kubelet there is no such file, and none is made. */
  static void write(Path file, String line) {
    if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
      return;
    }
    try {
      Files.writeString(
          file, line + "\n", StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException notWritten) {
      Logger.getLogger(TerminationLog.class).warnf("%s was not written: %s", file, notWritten);
    }
  }
}
