package io.podlab.demo.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Something below the directory that is shown, found as it is at that moment.
 *
 * <p>Links are followed, since a volume of a ConfigMap consists of them: {@code index.html} leads
 * to {@code ..data/index.html}, and {@code ..data} to a directory with a time for its name. What
 * they lead to must still be below the directory. What begins with a dot cannot be asked for by
 * name.
 *
 * @param path without links
 */
record Entry(Path path, boolean isDirectory) {
  private static final String HIDDEN = ".";

  /**
   * @param asked names with slashes between them; empty for the directory itself
   * @return empty for what is not there, hidden, no file or directory, or not below the directory
   */
  static Optional<Entry> find(Path directory, String asked) {
    try {
      Path root = directory.toRealPath();
      Path at = root;
      for (String name : asked.split("/")) {
        if (name.startsWith(HIDDEN)) {
          return Optional.empty();
        }
        at = at.resolve(name);
      }
      Path found = at.toRealPath();
      boolean isDirectory = Files.isDirectory(found);
      // A named pipe would hold who opens it.
      return found.startsWith(root) && (isDirectory || Files.isRegularFile(found))
          ? Optional.of(new Entry(found, isDirectory))
          : Optional.empty();
    } catch (IOException | InvalidPathException absent) {
      return Optional.empty();
    }
  }

  static boolean isHidden(String name) {
    return name.startsWith(HIDDEN);
  }
}
