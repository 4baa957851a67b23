package io.podlab.lab.lesson;

import io.podlab.lab.project.Service;
import java.util.List;
import java.util.Optional;

/**
 * The content of a lesson.md.
 *
 * @param minutes the time that a person needs
 * @param oldest the oldest supported version of Kubernetes
 * @param images the services whose images the lesson needs
 * @param needs other requirements as text, which needs.sh checks; empty for none
 * @param parts everything below the title, in order
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

  /** Text to read, and fenced blocks that do not run. */
  record Prose(List<String> lines) implements Part {
    Prose {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Commands to run.
   *
   * @param commands each runs in a shell of its own
   * @param shown the lines of the console block that follows
   */
  record Block(List<String> commands, Optional<List<String>> shown) implements Part {
    Block {
      commands = List.copyOf(commands);
    }
  }
}
