package io.podlab.lab.lesson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A lesson and its folder.
 *
 * @param name the name of the folder without its number
 * @param folder absolute
 */
public record Lesson(String name, Path folder) {
  public static final String ENGLISH = "en";

  private static final String TEXTS = "lesson(\\..+)?\\.md";

  static Lesson in(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new Lesson(absolute.getFileName().toString().replaceFirst("^\\d+-", ""), absolute);
  }

  /** The languages of its texts. */
  public TreeSet<String> languages() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(TEXTS))
          .map(name -> name.equals("lesson.md") ? ENGLISH : name.split("\\.")[1])
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /**
   * The files that a person needs to play it by hand: manifests and scripts, without the texts and
   * without what only its tests need.
   */
  public List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().matches(TEXTS + "|sabotage\\.sh"))
          .sorted()
          .toList();
    }
  }

  /** The file with the text in a language. English is {@code lesson.md}. */
  public Path document(String language) {
    return folder.resolve(language.equals(ENGLISH) ? "lesson.md" : "lesson." + language + ".md");
  }

  public LessonText read(String language) throws InvalidLesson, IOException {
    Path document = document(language);
    try {
      return LessonParser.parse(Files.readString(document, StandardCharsets.UTF_8));
    } catch (NoSuchFileException absent) {
      throw new InvalidLesson("the file " + document.getFileName() + " is missing");
    } catch (InvalidLesson invalid) {
      throw new InvalidLesson(document.getFileName() + ": " + invalid.getMessage());
    }
  }
}
