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

/** Whether this cluster and this machine have what a lesson needs. */
record Prerequisites(PlaySettings settings, LessonCluster cluster) {
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final String SCRIPT = "needs.sh";

  /** Why the lesson cannot be played; empty if it can. */
  Optional<String> lacking(LessonText text) throws IOException, InterruptedException {
    // The script may start pods of these images.
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
      return Optional.of(SCRIPT + " did not end within " + LIMIT.toSeconds() + " s");
    }
    return Optional.of(
        said.isEmpty()
            ? SCRIPT + " ended with exit code " + ended.exitCode()
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
