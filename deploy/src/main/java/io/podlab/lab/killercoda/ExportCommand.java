package io.podlab.lab.killercoda;

import io.podlab.lab.Failure;
import io.podlab.lab.console.Console;
import io.podlab.lab.lesson.Catalog;
import io.podlab.lab.lesson.ImageNames;
import io.podlab.lab.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lab lessons export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes each lesson, in each language, as a scenario for Killercoda, which gives students a"
          + " Kubernetes cluster in their browser.",
      "",
      "First push the images to a registry from which everyone can pull, with"
          + " `lab images --registry R --push`. Then push the directory to a repository on GitHub,"
          + " and add the repository on this page:",
      "",
      "  https://killercoda.com/creators"
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:the command failed",
      "2:the command line is invalid",
      "3:there are no lessons"
    },
    footer = {
      "",
      "Example:",
      "  lab lessons export --killercoda scenarios --registry ghcr.io/me --tag 1.0.0"
    })
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--killercoda",
      paramLabel = "DIR",
      required = true,
      description = "A new or an empty directory for the scenarios.")
  private Path folder;

  @Option(
      names = "--registry",
      paramLabel = "R",
      description =
          "Required: the public registry of the images R/podlab/SERVICE, for example ghcr.io/me.")
  private Optional<String> registry = Optional.empty();

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "The tag of the images (default: the lesson's).")
  private Optional<String> tag = Optional.empty();

  private final Console console;
  private final Callable<Project> projectHere;

  ExportCommand() {
    this(Console.system(), Project::here);
  }

  ExportCommand(Console console, Callable<Project> projectHere) {
    this.console = console;
    this.projectHere = projectHere;
  }

  @Override
  public Integer call() throws Exception {
    if (registry.isEmpty()) {
      throw Failure.usage(
          "--registry is missing: Killercoda pulls the images from a public registry; use for"
              + " example --registry ghcr.io/me");
    }
    ImageNames images = new ImageNames(registry, tag);
    requireEmpty(folder);
    Catalog catalog = Catalog.of(projectHere.call().lessons());
    if (catalog.lessons().isEmpty()) {
      throw Failure.missing("no lessons in directory '" + catalog.folder() + "'");
    }
    int scenarios = new Export(catalog, images).write(folder);
    console.say("wrote " + scenarios + " scenarios to " + folder);
    return 0;
  }

  /**
   * @throws Failure (usage) if it is a file or contains something
   */
  static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("--killercoda is invalid: '" + folder + "' is not a directory");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw Failure.usage(
            "--killercoda is invalid: directory '"
                + folder
                + "' is not empty; use a new or an empty directory");
      }
    }
  }
}
