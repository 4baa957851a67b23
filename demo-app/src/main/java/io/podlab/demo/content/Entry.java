package io.podlab.demo.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file or directory below the content directory, resolved for one request.
 *
 * <p>Links are followed, because a ConfigMap volume consists of links: {@code index.html} leads to
 * {@code ..data/index.html}, and {@code ..data} to a directory named after a time. The target of a
 * link must be below the content directory. A name that begins with a dot cannot be requested.
 *
 * @param path the real path, with all links resolved
 */
record Entry(Path path, boolean isDirectory) {
  private static final String HIDDEN = ".";

  /**
   * @param asked path below the directory; empty for the directory itself
   * @return empty if the entry does not exist, is hidden, is outside the directory, or is not a
   *     regular file or directory
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
      // Opening a named pipe blocks.
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
