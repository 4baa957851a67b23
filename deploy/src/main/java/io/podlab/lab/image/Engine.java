package io.podlab.lab.image;

import io.podlab.lab.Failure;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A container engine that works.
 *
 * @param program the path of its command line
 * @param version the output of {@code --version}, for example {@code podman version 4.3.1}
 */
record Engine(Path program, String version) {
  private static final List<String> KNOWN = List.of("podman", "docker");

  /**
   * Finds the requested engine; without a request, the first of podman and docker that works.
   *
   * @param wanted a name or a path
   * @throws Failure (missing) with each engine that was tried, and why it does not work
   */
  static Engine find(SearchPath searchPath, Optional<String> wanted) throws InterruptedException {
    List<String> rejected = new ArrayList<>();
    for (String name : wanted.map(List::of).orElse(KNOWN)) {
      Optional<Path> program = searchPath.find(name);
      if (program.isEmpty()) {
        rejected.add(
            name.contains("/")
                ? name + " is not an executable file"
                : name + " is not on the PATH");
        continue;
      }
      // The client is not enough: docker is often installed without a running engine.
      String version = Command.of(program.get().toString(), "--version").run().out().strip();
      Command.Result answer = Command.of(question(program.get(), version)).run();
      if (answer.succeeded()) {
        return new Engine(program.get(), version);
      }
      rejected.add(program.get() + " does not respond (" + firstLine(answer) + ")");
    }
    throw Failure.missing(
        "no container engine: "
            + String.join("; ", rejected)
            + (wanted.isPresent()
                ? ""
                : "; install podman, start docker, or name an engine with --engine"));
  }

  /** A command that works only if the engine runs. */
  static List<String> question(Path program, String version) {
    return isPodman(version)
        ? List.of(program.toString(), "info", "--format", "{{.Version.Version}}")
        : List.of(program.toString(), "version", "--format", "{{.Server.Version}}");
  }

  /** Checks the version text, because {@code docker} of a distribution may be podman. */
  private static boolean isPodman(String version) {
    return version.toLowerCase(Locale.ROOT).contains("podman");
  }

  private static String firstLine(Command.Result answer) {
    return (answer.err() + answer.out())
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("exit code " + answer.exitCode());
  }

  boolean isPodman() {
    return isPodman(version);
  }

  /** Builds the image of a service from the files in {@code context}, with all {@code names}. */
  Command build(
      Path recipe,
      Path context,
      String service,
      String version,
      List<String> names,
      Optional<String> network) {
    List<String> words = new ArrayList<>(List.of(program.toString(), "build"));
    words.addAll(List.of("--file", recipe.toString()));
    words.addAll(List.of("--build-arg", "SERVICE=" + service));
    words.addAll(List.of("--build-arg", "VERSION=" + version));
    network.ifPresent(name -> words.addAll(List.of("--network", name)));
    for (String name : names) {
      words.addAll(List.of("--tag", name));
    }
    words.add(context.toString());
    return Command.of(words);
  }

  /** Prints the unpacked size in bytes. */
  Command size(String name) {
    return Command.of(program.toString(), "image", "inspect", "--format", "{{.Size}}", name);
  }

  /** Writes one image with all its names to a docker archive. */
  Command save(List<String> names, Path archive) {
    List<String> words = new ArrayList<>(List.of(program.toString(), "save"));
    if (isPodman()) {
      words.addAll(List.of("--quiet", "--format", "docker-archive"));
    }
    words.addAll(List.of("--output", archive.toString()));
    words.addAll(names);
    return Command.of(words);
  }

  Command push(String name) {
    return Command.of(program.toString(), "push", name);
  }
}
