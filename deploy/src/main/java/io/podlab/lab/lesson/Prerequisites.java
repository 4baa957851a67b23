package io.podlab.lab.lesson;

import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks whether the cluster and this machine meet the requirements of a lesson. */
record Prerequisites(PlaySettings settings, LessonCluster cluster) {
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final String SCRIPT = "needs.sh";

  /** The missing requirement; empty if all are met. */
  Optional<String> lacking(LessonText text) throws IOException, InterruptedException {
    // Checked before the script, because the script may start pods with these images.
    Optional<String> image = lackingImage(text);
    return image.isPresent() ? image : lackingByScript();
  }

  private Optional<String> lackingByScript() throws InterruptedException {
    if (!cluster.workspace().has(SCRIPT)) {
      return Optional.empty();
    }
    List<String> said = new ArrayList<>();
    Shell.Ended ended =
        settings
            .shell()
            .run(
                cluster.script(SCRIPT),
                LIMIT,
                line -> {
                  said.add(line);
                  return false;
                });
    if (ended.well()) {
      return Optional.empty();
    }
    if (ended.late()) {
      return Optional.of(SCRIPT + " timed out after " + LIMIT.toSeconds() + " s");
    }
    return Optional.of(
        said.isEmpty()
            ? SCRIPT + " failed with exit code " + ended.exitCode()
            : String.join(" ", said));
  }

  private Optional<String> lackingImage(LessonText text) throws IOException, InterruptedException {
    List<String> commands =
        text.parts().stream()
            .flatMap(part -> part instanceof Block block ? block.commands().stream() : Stream.of())
            .map(settings.images()::in)
            .toList();
    for (Service service : text.images()) {
      Set<String> named = cluster.workspace().imagesOf(service, commands);
      Set<String> images =
          named.isEmpty()
              ? Set.of(settings.images().of(service, settings.projectVersion()))
              : named;
      for (String image : images) {
        Optional<String> problem = settings.imageCheck().problem(image, cluster);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }
}
