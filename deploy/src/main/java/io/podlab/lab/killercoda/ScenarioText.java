package io.podlab.lab.killercoda;

import io.podlab.lab.lesson.ImageNames;
import io.podlab.lab.lesson.LessonText;
import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.lesson.LessonText.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a lesson in the parts of a scenario. The first paragraph is the introduction, each
 * text with the commands after it is a step, and the sections after the last command are the end.
 */
record ScenarioText(String description, String intro, List<String> steps, String finish) {
  /** A link to a file of this project, which a scenario does not have. */
  private static final String RELATIVE_LINK = "\\[([^\\]]*)\\]\\((?!https?://)[^)]*\\)";

  ScenarioText {
    steps = List.copyOf(steps);
  }

  /**
   * @param begin the script that the student sources first
   */
  static ScenarioText of(LessonText text, Words words, ImageNames images, String begin) {
    return new Splitter(text, words, images).split(begin);
  }

  private static final class Splitter {
    private final LessonText text;
    private final Words words;
    private final ImageNames images;
    private final List<StringBuilder> steps = new ArrayList<>();

    /** Whether the last command still runs in the student's terminal. */
    private boolean runs;

    Splitter(LessonText text, Words words, ImageNames images) {
      this.text = text;
      this.words = words;
      this.images = images;
    }

    ScenarioText split(String begin) {
      List<LessonText.Part> parts = text.parts();
      int from = !parts.isEmpty() && parts.get(0) instanceof Prose ? 1 : 0;
      int to = parts.size() > from && parts.get(parts.size() - 1) instanceof Prose ? 1 : 0;
      List<String> first = from == 1 ? ((Prose) parts.get(0)).lines() : List.of();
      List<String> last = to == 1 ? ((Prose) parts.get(parts.size() - 1)).lines() : List.of();
      List<String> introduction = paragraph(first);
      int sections = sections(last);
      prose(first.subList(introduction.size(), first.size()));
      for (LessonText.Part part : parts.subList(from, parts.size() - to)) {
        if (part instanceof Prose prose) {
          prose(prose.lines());
        } else if (part instanceof Block block) {
          commands(block, block == lastBlock(parts));
        }
      }
      lines(last.subList(0, sections));
      blank();
      lines(List.of(words.check()));
      return new ScenarioText(
          plain(markdown(introduction)),
          introduction(introduction, begin),
          steps.stream().map(step -> step.toString().strip() + "\n").toList(),
          words.done() + "\n\n" + markdown(last.subList(sections, last.size())).strip() + "\n");
    }

    /** One line without Markdown. Lines in Chinese continue without a space. */
    private static String plain(String markdown) {
      return markdown
          .strip()
          .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
          .replaceAll("[`*]", "")
          .replaceAll("(?<=[\\p{IsHan}，。、；：])\\n(?=\\p{IsHan})", "")
          .replace('\n', ' ');
    }

    /** Blank lines, and then the lines up to the next blank line. */
    private static List<String> paragraph(List<String> lines) {
      int end = 0;
      while (end < lines.size() && lines.get(end).isBlank()) {
        end++;
      }
      while (end < lines.size() && !lines.get(end).isBlank()) {
        end++;
      }
      return lines.subList(0, end);
    }

    /** The index of the first heading. */
    private static int sections(List<String> lines) {
      int index = 0;
      while (index < lines.size() && !lines.get(index).startsWith("## ")) {
        index++;
      }
      return index;
    }

    private String introduction(List<String> paragraph, String begin) {
      return markdown(paragraph).strip()
          + "\n\n"
          + (text.needs().isEmpty() ? "" : words.needs().formatted(text.needs()) + "\n\n")
          + words.begin()
          + "\n\n```sh\n. "
          + begin
          + "\n```{{exec}}\n";
    }

    /** Text begins a step. */
    private void prose(List<String> lines) {
      if (lines.stream().anyMatch(line -> !line.isBlank())) {
        steps.add(new StringBuilder());
        lines(lines);
      }
    }

    private static LessonText.Part lastBlock(List<LessonText.Part> parts) {
      return parts.stream()
          .filter(Block.class::isInstance)
          .reduce((one, next) -> next)
          .orElse(null);
    }

    private void commands(Block block, boolean last) {
      blank();
      lines(List.of("```sh"));
      step().append(images.in(String.join("\n", block.commands())));
      lines(List.of("", runs ? "```{{exec interrupt}}" : "```{{exec}}"));
      block
          .shown()
          .ifPresent(
              shown -> {
                blank();
                lines(List.of("```text"));
                shown.forEach(line -> step().append(images.in(line)).append('\n'));
                lines(List.of("```"));
              });
      runs = block.watches();
      if (runs) {
        blank();
        lines(List.of(last ? words.interruptLast() : words.interrupt()));
      }
    }

    private void blank() {
      if (!step().toString().endsWith("\n\n")) {
        step().append('\n');
      }
    }

    private StringBuilder step() {
      if (steps.isEmpty()) {
        steps.add(new StringBuilder());
      }
      return steps.get(steps.size() - 1);
    }

    private void lines(List<String> lines) {
      step().append(markdown(lines));
    }

    private String markdown(List<String> lines) {
      return lines.stream()
          .map(line -> images.in(line).replaceAll(RELATIVE_LINK, "$1") + "\n")
          .collect(Collectors.joining());
    }
  }
}
