package io.podlab.lab.lesson;

import io.podlab.lab.project.Service;
import java.util.List;
import java.util.Optional;

/**
 * What a lesson.md says.
 *
 * @param minutes how long it takes a person
 * @param oldest the oldest Kubernetes that it runs on
 * @param images the services whose images it needs
 * @param needs what else, in words for a person, as needs.sh checks it; empty for nothing
 * @param parts all below the title, in order
 */
record LessonText(
    String title,
    int minutes,
    KubernetesVersion oldest,
    List<Service> images,
    String needs,
    List<Part> parts) {

  LessonText {
    images = List.copyOf(images);
    parts = List.copyOf(parts);
  }

  sealed interface Part permits Prose, Block {}

  /** What is only read: text, and fenced blocks that are not run. */
  record Prose(List<String> lines) implements Part {
    Prose {
      lines = List.copyOf(lines);
    }
  }

  /**
   * What is typed.
   *
   * @param commands each for a shell of its own
   * @param shown the console block that follows, if one does
   */
  record Block(List<String> commands, Optional<List<String>> shown) implements Part {
    Block {
      commands = List.copyOf(commands);
    }
  }
}
