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

/** Runs a program whose output goes to a file, and shows its end when the program fails. */
record LoggedRun(Command command, Path log) {
  private static final int LAST_LINES = 15;

  /**
   * @param failure the first line of what is said when it does not succeed
   * @throws Failure (failed) with the last lines of the output and where all of it is
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
      // Only alive here if this thread was interrupted or the reader failed.
      process.destroy();
    }
  }
}
