package io.podlab.lab.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The folders to search for programs, in order. */
public record SearchPath(List<Path> folders) {
  public SearchPath {
    folders = List.copyOf(folders);
  }

  /** The {@code PATH} of this process, without empty parts, which mean the current folder. */
  public static SearchPath ofThisProcess() {
    return parse(System.getenv().getOrDefault("PATH", ""));
  }

  static SearchPath parse(String path) {
    return new SearchPath(
        Arrays.stream(path.split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList());
  }

  /** Finds a program by name. A name with a slash is a path. */
  public Optional<Path> find(String program) {
    if (program.contains(File.separator)) {
      return Optional.of(Path.of(program).toAbsolutePath()).filter(SearchPath::isProgram);
    }
    return folders.stream()
        .map(folder -> folder.resolve(program))
        .filter(SearchPath::isProgram)
        .findFirst();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }
}
