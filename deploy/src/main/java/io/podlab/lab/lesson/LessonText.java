package io.podlab.lab.lesson;

import io.podlab.lab.project.Service;
import java.util.List;
import java.util.Optional;

/**
 * The content of a lesson.md.
 *
 * @param minutes about how many minutes {@code lab play} takes
 * @param oldest the oldest supported version of Kubernetes
 * @param images the services whose images the lesson needs
 * @param needs other requirements as text, which needs.sh checks; empty for none
 * @param parts everything below the title, in order
 */
public record LessonText(
    String title,
    int minutes,
    KubernetesVersion oldest,
    List<Service> images,
    String needs,
    List<Part> parts) {

  public LessonText {
    images = List.copyOf(images);
    parts = List.copyOf(parts);
  }

  public sealed interface Part permits Prose, Block {}

  /** Text to read, and fenced blocks that do not run. */
  public record Prose(List<String> lines) implements Part {
    public Prose {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Commands to run.
   *
   * @param commands each runs in a shell of its own
   * @param shown the lines of the console block that follows
   */
  public record Block(List<String> commands, Optional<List<String>> shown) implements Part {
    public Block {
      commands = List.copyOf(commands);
    }

    /** Whether it runs until the user ends it with Ctrl-C. */
    public boolean watches() {
      return commands.stream().anyMatch(ShellCommands::isWatch);
    }
  }
}
