package io.podlab.lab.image;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Runs a program with its output in a log file. The error contains the end of the log. */
record LoggedRun(Command command, Path log) {
  private static final int LAST_LINES = 15;

  /**
   * @param failure the first line of the error
   * @throws Failure (failed) with the last lines of the output and the path of the log
   */
  void run(String failure, Consumer<String> eachLine) throws IOException, InterruptedException {
    Files.createDirectories(log.getParent());
    Deque<String> last = new ArrayDeque<>();
    Process process = command.builder().redirectErrorStream(true).start();
    try (PrintWriter file = new PrintWriter(log.toFile(), StandardCharsets.UTF_8)) {
      process.getOutputStream().close();
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          file.println(line);
          eachLine.accept(line);
          last.addLast(line);
          if (last.size() > LAST_LINES) {
            last.removeFirst();
          }
        }
      }
      if (process.waitFor() != 0) {
        throw Failure.failed(
            failure + "; the last lines of " + log + ":\n" + String.join("\n", last));
      }
    } finally {
      // The program is alive here only if this thread was interrupted or the reader failed.
      process.destroy();
    }
  }
}
