package io.podlab.demo.stop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/** The file from which the kubelet takes a container's last words. */
final class TerminationLog {
  private static final Logger LOG = Logger.getLogger(TerminationLog.class);

  private final Path file;

  TerminationLog(Path file) {
    this.file = file;
  }

  /** Where there is no kubelet there is no such file, and none is made. */
  void write(String line) {
    if (!Files.isRegularFile(file) || !Files.isWritable(file)) {
      return;
    }
    try {
      Files.writeString(
          file, line + "\n", StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException notWritten) {
      LOG.warnf("%s was not written: %s", file, notWritten);
    }
  }
}
