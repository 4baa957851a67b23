package io.podlab.lab.lesson;

import io.podlab.lab.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The lessons in a folder, in order. */
public record Catalog(Path folder, List<Lesson> lessons) {
  private static final String DOCUMENT = "lesson.md";

  /** The column of the table. */
  private static final int LAST_RESULT = 3;

  public Catalog {
    lessons = List.copyOf(lessons);
  }

  public static Catalog of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      // The user can still play a lesson in another folder.
      return new Catalog(folder, List.of());
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return new Catalog(
          folder,
          entries
              .filter(entry -> Files.exists(entry.resolve(DOCUMENT)))
              .sorted()
              .map(Lesson::in)
              .toList());
    }
  }

  /**
   * Finds a lesson by its name, with or without its number. A text with a slash, or with a dot at
   * its start, is the folder of a lesson.
   *
   * @throws Failure (missing) if the lesson does not exist, with similar names
   */
  Lesson find(String wanted) {
    if (wanted.contains("/") || wanted.startsWith(".")) {
      return inFolder(Path.of(wanted));
    }
    return lessons.stream()
        .filter(
            lesson ->
                lesson.name().equals(wanted)
                    || lesson.folder().getFileName().toString().equals(wanted))
        .findFirst()
        .orElseThrow(() -> Failure.missing(unknown(wanted)));
  }

  private static Lesson inFolder(Path folder) {
    Lesson lesson = Lesson.in(folder);
    if (!Files.exists(lesson.folder().resolve(DOCUMENT))) {
      throw Failure.missing(
          "no lesson in directory '" + folder + "'; a lesson has a file " + DOCUMENT);
    }
    return lesson;
  }

  private String unknown(String wanted) {
    List<String> near =
        lessons.stream().map(Lesson::name).filter(name -> name.contains(wanted)).toList();
    return "no lesson named '"
        + wanted
        + "'"
        + (near.isEmpty() ? "" : " (did you mean " + String.join(" or ", near) + "?)")
        + "; `lab play` lists all lessons";
  }

  /**
   * @throws Failure (usage) if one of the lessons has no text in this language, with its languages
   */
  static void requireLanguage(String language, List<Lesson> lessons) throws IOException {
    for (Lesson lesson : lessons) {
      if (!language.matches("[A-Za-z0-9-]+") || !Files.exists(lesson.document(language))) {
        throw Failure.usage(
            "--language is invalid: '"
                + language
                + "' is not a language of "
                + lesson.name()
                + "; use "
                + String.join(" or ", lesson.languages()));
      }
    }
  }

  /**
   * The table of all lessons, with their requirements.
   *
   * @param lastResults by the name of the lesson; if it is empty, the table has no such column
   */
  List<List<String>> rows(String language, Map<String, String> lastResults) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("NAME", "TITLE", "MINUTES", "LAST RESULT", "NEEDS"));
    for (Lesson lesson : lessons) {
      String last = lastResults.getOrDefault(lesson.name(), "");
      try {
        LessonText text =
            lesson.read(Files.exists(lesson.document(language)) ? language : Lesson.ENGLISH);
        String minutes = Integer.toString(text.minutes());
        rows.add(row(lesson.name(), text.title(), minutes, last, needs(text)));
      } catch (InvalidLesson invalid) {
        rows.add(row(lesson.name(), "invalid: " + invalid.getMessage(), "", last, ""));
      }
    }
    if (lastResults.isEmpty()) {
      rows.forEach(row -> row.remove(LAST_RESULT));
    }
    return rows;
  }

  private static List<String> row(String... cells) {
    return new ArrayList<>(List.of(cells));
  }

  private static String needs(LessonText text) {
    List<String> needs = new ArrayList<>(List.of("Kubernetes " + text.oldest()));
    text.images().forEach(image -> needs.add(image.title()));
    if (!text.needs().isEmpty()) {
      needs.add(text.needs());
    }
    return String.join(", ", needs);
  }
}
