package io.podlab.lab.project;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checkout that this program belongs to.
 *
 * @param root the folder with the parent pom.xml
 * @param version the version of everything in it, for example {@code 1.0.0-SNAPSHOT}
 */
public record Project(Path root, String version) {
  /** The launcher says where it lies; the build wrote the version into this program's manifest. */
  public static Project here() {
    String root = System.getProperty("lab.root");
    if (root == null) {
      throw Failure.usage("start it as deploy/lab, which says where the project lies");
    }
    String version = Project.class.getPackage().getImplementationVersion();
    return new Project(Path.of(root), version == null ? "unknown" : version);
  }

  /** The folder of a packaged service; {@code quarkus-run.jar} in it starts it. */
  public Path packaged(Service service) {
    return root.resolve(service.title()).resolve("target/quarkus-app");
  }

  /**
   * Starts a packaged service on a port of 127.0.0.1, on the JVM that this program runs on.
   *
   * @param jvmOptions what the JVM is told besides
   */
  public Command run(Service service, int port, String... jvmOptions) {
    Path folder = packaged(service);
    return Command.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .with(jvmOptions)
        .with("-jar", folder.resolve("quarkus-run.jar").toString())
        // Quarkus reads .env and config/ of the folder it is started in: not the user's.
        .in(folder)
        .withEnvironment(absolutePaths(System.getenv(), Path.of("").toAbsolutePath()))
        .withEnvironment("QUARKUS_HTTP_HOST", "127.0.0.1")
        .withEnvironment("QUARKUS_HTTP_PORT", Integer.toString(port));
  }

  /**
   * The services' settings that name a file or a folder, as the person meant them: relative to
   * where {@code lab} was called, and not to where a service is started.
   */
  static Map<String, String> absolutePaths(Map<String, String> environment, Path here) {
    Map<String, String> absolute = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.matches("LAB_(.*_)?(FILES?|DIR|LAST_GOOD|RECORDING|TERMINATION_LOG)")
              && !value.isBlank()) {
            absolute.put(name, here.resolve(value).toString());
          }
        });
    return absolute;
  }

  /**
   * Builds those of the services that are not built or older than their sources, in one Maven run,
   * without tests.
   *
   * @throws Failure (failed) with the errors Maven printed
   */
  public void build(Console console, List<Service> services) throws Exception {
    List<Service> stale = new ArrayList<>();
    for (Service service : services) {
      if (isStale(service)) {
        stale.add(service);
      }
    }
    if (stale.isEmpty()) {
      return;
    }
    for (Service service : stale) {
      // An interrupted build must not pass for a finished one.
      Files.deleteIfExists(finished(service));
    }
    String titles = stale.stream().map(Service::title).collect(Collectors.joining(","));
    console.say(
        "building "
            + titles.replace(",", ", ")
            + " (the first build of a machine downloads its libraries and takes minutes)");
    AtomicReference<String> now = new AtomicReference<>("");
    Command maven =
        Command.of(
                "mvn", "-B", "-Dstyle.color=never", "-DskipTests", "-am", "-pl", titles, "package")
            .in(root);
    Command.Result result =
        console.progress(
            "building", now::get, () -> maven.run(line -> now.set(activity(line, now.get()))));
    if (!result.succeeded()) {
      String errors =
          result
              .out()
              .lines()
              .filter(line -> line.startsWith("[ERROR]"))
              .limit(15)
              .collect(Collectors.joining("\n"));
      throw Failure.failed("the build failed; `" + maven + "` in " + root + " says:\n" + errors);
    }
  }

  /** What Maven is doing, from a line of its log: the module, and whether it downloads. */
  private static String activity(String line, String before) {
    if (line.startsWith("Downloading from ")) {
      return "downloading " + line.substring(line.lastIndexOf('/') + 1);
    }
    if (line.startsWith("[INFO] Building Podlab: ")) {
      return line.substring("[INFO] Building Podlab: ".length()).replaceAll(" +\\[.*", "");
    }
    return before;
  }

  /** What Quarkus writes when all the rest of a package is there. */
  private Path finished(Service service) {
    return root.resolve(service.title()).resolve("target/quarkus-artifact.properties");
  }

  private boolean isStale(Service service) throws IOException {
    if (!Files.exists(finished(service))) {
      return true;
    }
    FileTime built = Files.getLastModifiedTime(finished(service));
    return Stream.of(
            root.resolve("pom.xml"), root.resolve("service-kit"), root.resolve(service.title()))
        .anyMatch(part -> newest(part).compareTo(built) > 0);
  }

  /** Of a file, or of a module's pom.xml and main sources. */
  private static FileTime newest(Path part) {
    if (!Files.isDirectory(part)) {
      return modified(part);
    }
    try (Stream<Path> sources = Files.walk(part.resolve("src/main"))) {
      return Stream.concat(sources, Stream.of(part.resolve("pom.xml")))
          .map(Project::modified)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException vanished) {
      return FileTime.fromMillis(0);
    }
  }
}
