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
 * The files of Podlab: a checkout, or an offline folder, which {@code lab images --with-lessons}
 * writes.
 *
 * @param root the folder with the parent pom.xml, or the offline folder
 * @param version of all modules, for example {@code 1.0.0}
 * @param offline whether this is an offline folder. It has the packaged services and no sources.
 */
public record Project(Path root, String version, boolean offline) {
  private static final String OFFLINE = "lab.offline";

  /** A checkout. */
  public Project(Path root, String version) {
    this(root, version, false);
  }

  /** Takes the folder from the launcher and the version from the manifest of this jar. */
  public static Project here() {
    String root = System.getProperty("lab.root");
    if (root == null) {
      throw Failure.usage("cannot find the project; start this program with " + command());
    }
    String version = Project.class.getPackage().getImplementationVersion();
    return new Project(
        Path.of(root), version == null ? "unknown" : version, Boolean.getBoolean(OFFLINE));
  }

  /** How the user starts this program, for messages. */
  public static String command() {
    return Boolean.getBoolean(OFFLINE) ? "sh lab" : "deploy/lab";
  }

  /** The folder of a packaged service, with {@code quarkus-run.jar}. */
  public Path packaged(Service service) {
    return offline
        ? root.resolve("services").resolve(service.title())
        : root.resolve(service.title()).resolve("target/quarkus-app");
  }

  /** The folder with the folders {@code base}, {@code monitoring} and {@code probes}. */
  public Path manifests() {
    return root.resolve(offline ? "manifests" : "deploy");
  }

  public Path lessons() {
    return root.resolve("lessons");
  }

  /** Starts a packaged service on a port of 127.0.0.1, with the JVM of this program. */
  public Command run(Service service, int port, String... jvmOptions) {
    Path folder = packaged(service);
    return Command.of(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .with(jvmOptions)
        .with("-jar", folder.resolve("quarkus-run.jar").toString())
        // Quarkus reads .env and config/ in its working folder, and must not read the user's.
        .in(folder)
        .withEnvironment(absolutePaths(System.getenv(), Path.of("").toAbsolutePath()))
        .withEnvironment("QUARKUS_HTTP_HOST", "127.0.0.1")
        .withEnvironment("QUARKUS_HTTP_PORT", Integer.toString(port));
  }

  /**
   * The settings that name a file or a folder, as absolute paths. A relative path is relative to
   * the folder in which the user called {@code lab}, and a service runs in another folder.
   */
  static Map<String, String> absolutePaths(Map<String, String> environment, Path here) {
    Map<String, String> absolute = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.matches(
                  "LAB_(.*_)?(FILES?|DIR|TLS_CERTIFICATE|TLS_KEY|LAST_GOOD|RECORDING|TERMINATION_LOG)")
              && !value.isBlank()) {
            absolute.put(name, here.resolve(value).toString());
          }
        });
    return absolute;
  }

  /**
   * Checks that this is a checkout.
   *
   * @param command the command that needs it, such as {@code manifests}
   * @throws Failure (usage) in an offline folder
   */
  public void requireSources(String command) {
    if (offline) {
      throw Failure.usage(
          "`lab "
              + command
              + "` needs the sources of Podlab, and this folder has none; use a checkout");
    }
  }

  /**
   * Builds the services that are not built, or older than their sources, in one Maven run without
   * tests. An offline folder must have them.
   *
   * @throws Failure (failed) with the errors that Maven printed; (missing) if an offline folder
   *     lacks a service
   */
  public void build(Console console, List<Service> services) throws Exception {
    if (offline) {
      services.forEach(this::requirePackaged);
      return;
    }
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
      // An interrupted build must not look complete.
      Files.deleteIfExists(finished(service));
    }
    String titles = stale.stream().map(Service::title).collect(Collectors.joining(","));
    console.say(
        "building "
            + titles.replace(",", ", ")
            + " (the first build downloads libraries and takes a few minutes)");
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
      throw Failure.failed("the build failed: `" + maven + "` in " + root + " printed:\n" + errors);
    }
  }

  private void requirePackaged(Service service) {
    if (!Files.exists(packaged(service).resolve("quarkus-run.jar"))) {
      throw Failure.missing(
          "the directory services/"
              + service.title()
              + " is missing or incomplete in "
              + root
              + "; copy the whole offline folder again");
    }
  }

  /** The current activity of Maven, from a line of its log: a module or a download. */
  private static String activity(String line, String before) {
    if (line.startsWith("Downloading from ")) {
      return "downloading " + line.substring(line.lastIndexOf('/') + 1);
    }
    if (line.startsWith("[INFO] Building Podlab: ")) {
      return line.substring("[INFO] Building Podlab: ".length()).replaceAll(" +\\[.*", "");
    }
    return before;
  }

  /** The last file that Quarkus writes in a package. */
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

  /** The latest change of a file, or of the pom.xml and main sources of a module. */
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
