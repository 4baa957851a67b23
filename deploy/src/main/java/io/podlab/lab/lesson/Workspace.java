package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A temporary folder with a copy of the lesson folder, a copy of lesson.sh, and a kubeconfig. Other
 * users cannot read it.
 */
record Workspace(Path root, Path lesson, Path kubeconfig) implements AutoCloseable {
  private static final String SHARED = "lesson.sh";
  private static final String MANIFEST = ".+\\.ya?ml";

  /**
   * @param images replaces the image names in the copies of manifests and scripts
   * @param config the content of the kubeconfig
   * @throws Failure (missing) if lesson.sh is missing beside the lesson folder
   */
  static Workspace of(Lesson lesson, ImageNames images, String config) throws IOException {
    Path shared = lesson.folder().resolveSibling(SHARED);
    if (!Files.exists(shared)) {
      throw Failure.missing(
          SHARED
              + " is missing beside "
              + lesson.folder()
              + ", and the scripts of a lesson need it; copy lessons/"
              + SHARED
              + " there");
    }
    Path root = Files.createTempDirectory("podlab-play");
    Path copy = root.resolve(lesson.folder().getFileName());
    Workspace workspace = new Workspace(root, copy, root.resolve("kubeconfig"));
    try {
      Files.copy(shared, root.resolve(SHARED));
      copy(lesson.folder(), copy, images);
      Files.createFile(
          workspace.kubeconfig(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(workspace.kubeconfig(), config, StandardOpenOption.WRITE);
      return workspace;
    } catch (IOException | RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  private static void copy(Path from, Path to, ImageNames images) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectory(copy);
          continue;
        }
        Files.copy(file, copy);
        // The original may be on a read-only medium, or on one without executable bits.
        boolean script = copy.getFileName().toString().endsWith(".sh");
        Files.setPosixFilePermissions(
            copy, PosixFilePermissions.fromString(script ? "rwx------" : "rw-------"));
        if (script || copy.getFileName().toString().matches(MANIFEST)) {
          String text = Files.readString(copy, StandardCharsets.UTF_8);
          String renamed = images.in(text);
          if (!renamed.equals(text)) {
            Files.writeString(copy, renamed, StandardCharsets.UTF_8);
          }
        }
      }
    }
  }

  /** The image names of a service in the manifests and in these commands. */
  Set<String> imagesOf(Service service, List<String> commands) throws IOException {
    Set<String> names = new TreeSet<>();
    commands.forEach(command -> names.addAll(ImageNames.named(service, command)));
    try (Stream<Path> files = Files.walk(lesson)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().matches(MANIFEST)) {
          names.addAll(ImageNames.named(service, Files.readString(file, StandardCharsets.UTF_8)));
        }
      }
    }
    return names;
  }

  /** Whether the lesson has a script with this name. */
  boolean has(String script) {
    return Files.exists(lesson.resolve(script));
  }

  /** Deletes the folder. */
  @Override
  public void close() {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
