package io.podlab.lab.lesson;

import io.podlab.lab.lesson.LessonText.Block;
import io.podlab.lab.lesson.LessonText.Part;
import io.podlab.lab.lesson.LessonText.Prose;
import io.podlab.lab.project.Service;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a lesson.md: front matter, one title, and text with fenced blocks. */
final class LessonParser {
  private static final String FRONT_MATTER = "---";
  private static final Pattern KEY = Pattern.compile("([a-z]+): *\"?([^\"]*?)\"? *");
  private static final Set<String> KEYS = Set.of("minutes", "kubernetes", "images", "needs");
  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final String END_OF_FENCE = "```";
  private static final int MOST_MINUTES = 999;

  private final List<String> lines;
  private int next;

  private LessonParser(List<String> lines) {
    this.lines = lines;
  }

  static LessonText parse(String text) throws InvalidLesson {
    return new LessonParser(text.lines().toList()).lesson();
  }

  private LessonText lesson() throws InvalidLesson {
    Map<String, String> frontMatter = frontMatter();
    String minutes = required(frontMatter, "minutes");
    if (!minutes.matches("[1-9]\\d{0,2}")) {
      throw new InvalidLesson(
          "minutes is invalid: '" + minutes + "' is not a number from 1 to " + MOST_MINUTES);
    }
    String kubernetes = required(frontMatter, "kubernetes");
    KubernetesVersion oldest =
        KubernetesVersion.of(kubernetes)
            .orElseThrow(
                () ->
                    new InvalidLesson(
                        "kubernetes is invalid: '"
                            + kubernetes
                            + "' is not a version; use the form \"1.20\""));
    List<Service> images = images(frontMatter.getOrDefault("images", ""));
    String needs = frontMatter.getOrDefault("needs", "");
    return new LessonText(title(), Integer.parseInt(minutes), oldest, images, needs, parts());
  }

  private Map<String, String> frontMatter() throws InvalidLesson {
    if (lines.isEmpty() || !lines.get(0).equals(FRONT_MATTER)) {
      throw new InvalidLesson("the front matter is missing; start the file with a line ---");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (next = 1; next < lines.size(); next++) {
      String line = lines.get(next);
      if (line.equals(FRONT_MATTER)) {
        next++;
        return values;
      }
      Matcher matcher = KEY.matcher(line);
      if (!matcher.matches() || !KEYS.contains(matcher.group(1))) {
        throw new InvalidLesson(
            "line "
                + (next + 1)
                + ": '"
                + line
                + "' is not a setting; use minutes, kubernetes, images or needs");
      }
      values.put(matcher.group(1), matcher.group(2));
    }
    throw new InvalidLesson("the front matter has no end; add a second line ---");
  }

  private static String required(Map<String, String> frontMatter, String key) throws InvalidLesson {
    String value = frontMatter.get(key);
    if (value == null) {
      throw new InvalidLesson("the front matter has no setting " + key);
    }
    return value;
  }

  private static List<Service> images(String titles) throws InvalidLesson {
    List<Service> images = new ArrayList<>();
    for (String title : titles.split(",")) {
      if (!title.isBlank()) {
        images.add(
            Arrays.stream(Service.values())
                .filter(service -> service.title().equals(title.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        new InvalidLesson(
                            "images is invalid: '"
                                + title.strip()
                                + "' is not a service; use "
                                + Service.titles())));
      }
    }
    return images;
  }

  private String title() throws InvalidLesson {
    while (next < lines.size() && lines.get(next).isBlank()) {
      next++;
    }
    if (next == lines.size() || !lines.get(next).startsWith("# ")) {
      throw new InvalidLesson(
          "the title is missing; add a line such as `# Liveness over HTTP` after the front matter");
    }
    return lines.get(next++).substring(2).strip();
  }

  private List<Part> parts() throws InvalidLesson {
    List<Part> parts = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    while (next < lines.size()) {
      int begin = next;
      String line = lines.get(next++);
      Matcher fence = FENCE.matcher(line);
      if (!fence.matches()) {
        prose.add(line);
        continue;
      }
      List<String> body = fenced(begin);
      switch (fence.group(1)) {
        case "sh" -> {
          if (!prose.isEmpty()) {
            parts.add(new Prose(prose));
            prose.clear();
          }
          parts.add(block(begin, body));
        }
        case "console" ->
            throw new InvalidLesson(
                "line " + (begin + 1) + ": a console block must follow a sh block");
        default -> prose.addAll(lines.subList(begin, next));
      }
    }
    if (!prose.isEmpty()) {
      parts.add(new Prose(prose));
    }
    return parts;
  }

  private List<String> fenced(int begin) throws InvalidLesson {
    int first = next;
    while (next < lines.size() && !lines.get(next).equals(END_OF_FENCE)) {
      next++;
    }
    if (next == lines.size()) {
      throw new InvalidLesson("line " + (begin + 1) + ": the block has no end; add a line ```");
    }
    return lines.subList(first, next++);
  }

  private Block block(int begin, List<String> body) throws InvalidLesson {
    List<String> commands = ShellCommands.of(body);
    Optional<List<String>> shown = shown();
    if (commands.isEmpty()) {
      throw new InvalidLesson("line " + (begin + 1) + ": the sh block is empty");
    }
    if (commands.stream().anyMatch(ShellCommands::isWatch)) {
      if (commands.subList(0, commands.size() - 1).stream().anyMatch(ShellCommands::isWatch)) {
        throw new InvalidLesson(
            "line "
                + (begin + 1)
                + ": a command with --watch or --follow must be the last command of its block");
      }
      if (shown.isEmpty()) {
        throw new InvalidLesson(
            "line "
                + (begin + 1)
                + ": a command with --watch or --follow needs a console block with the lines that end it");
      }
    }
    return new Block(commands, shown);
  }

  /** The console block, if it follows next. Blank lines in between are allowed. */
  private Optional<List<String>> shown() throws InvalidLesson {
    for (int line = next; line < lines.size(); line++) {
      if (lines.get(line).equals("```console")) {
        List<String> between = lines.subList(next, line);
        if (!between.stream().allMatch(String::isBlank)) {
          return Optional.empty();
        }
        next = line + 1;
        return Optional.of(List.copyOf(fenced(line)));
      }
      if (!lines.get(line).isBlank()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
