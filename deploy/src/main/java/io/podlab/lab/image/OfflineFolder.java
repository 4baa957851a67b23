package io.podlab.lab.image;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Project;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A folder with everything for a class without internet. It works on a USB stick: it has no links
 * and does not depend on executable bits.
 */
record OfflineFolder(Path root) {
  private static final String IMAGES = "images";
  private static final List<String> MANIFESTS =
      List.of("base", "generated", "monitoring", "probes");

  /**
   * Creates the folder, so that a missing permission is found before the first build.
   *
   * @throws Failure (usage) if it contains files
   */
  void create() throws IOException {
    // An empty folder for images is what a build that failed leaves.
    if (!namesIn(root).stream().allMatch(IMAGES::equals) || !namesIn(images()).isEmpty()) {
      throw Failure.usage(
          "--save is invalid: '"
              + root
              + "' is not empty; with --with-lessons, use a new or empty directory");
    }
    Files.createDirectories(images());
  }

  private static List<String> namesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  Path images() {
    return root.resolve(IMAGES);
  }

  private Path archive(Service service) {
    return images().resolve(service.title() + ".tar");
  }

  /**
   * The archives of these services; without a service, all archives.
   *
   * @throws Failure (missing) if an archive of a named service, or every archive, is missing
   */
  List<Path> archives(List<Service> services) {
    if (services.isEmpty()) {
      List<Path> all =
          Arrays.stream(Service.values()).map(this::archive).filter(Files::exists).toList();
      if (all.isEmpty()) {
        throw Failure.missing(
            "no image archives in directory '" + images() + "'; copy the whole folder again");
      }
      return all;
    }
    return services.stream().map(this::requireArchive).toList();
  }

  private Path requireArchive(Service service) {
    Path archive = archive(service);
    if (!Files.exists(archive)) {
      throw Failure.missing(
          "the image archive " + archive + " is missing; copy the whole folder again");
    }
    return archive;
  }

  /**
   * Saves the images with {@code saving}, and copies everything else.
   *
   * @throws Failure (failed) if a file cannot be written, for example because the disk is full
   */
  void fill(Project checkout, Callable<?> saving) throws Exception {
    try {
      saving.call();
      copy(checkout);
    } catch (IOException e) {
      throw incomplete(Failure.reason(e));
    } catch (Failure e) {
      throw incomplete(e.getMessage());
    }
  }

  private Failure incomplete(String reason) {
    return Failure.failed(
        "cannot complete directory '" + root + "'; delete it and try again. The reason: " + reason);
  }

  private void copy(Project checkout) throws IOException {
    Path deploy = checkout.root().resolve("deploy");
    copy(checkout.lessons(), root.resolve("lessons"));
    // They describe a checkout. README.txt describes this folder.
    for (String readme : List.of("README.md", "README.zh-CN.md")) {
      Files.deleteIfExists(root.resolve("lessons").resolve(readme));
    }
    Files.createDirectory(root.resolve("manifests"));
    for (String folder : MANIFESTS) {
      copy(deploy.resolve(folder), root.resolve("manifests").resolve(folder));
    }
    Files.createDirectory(root.resolve("services"));
    for (Service service : Service.values()) {
      copy(checkout.packaged(service), root.resolve("services").resolve(service.title()));
    }
    for (String license : List.of("LICENSE", "THIRD-PARTY.md")) {
      Files.copy(checkout.root().resolve(license), root.resolve(license));
    }
    Files.copy(deploy.resolve("target/lab.jar"), root.resolve("lab.jar"));
    copy(deploy.resolve("target/lib"), root.resolve("lib"));
    for (String file : List.of("lab", "README.txt")) {
      Files.copy(deploy.resolve("offline").resolve(file), root.resolve(file));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }
}
