package io.podlab.lab.lesson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A lesson and its folder.
 *
 * @param name the name of the folder without its number
 * @param folder absolute
 */
record Lesson(String name, Path folder) {
  static final String ENGLISH = "en";

  static Lesson in(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new Lesson(absolute.getFileName().toString().replaceFirst("^\\d+-", ""), absolute);
  }

  /** The file with the text in a language. English is {@code lesson.md}. */
  Path document(String language) {
    return folder.resolve(language.equals(ENGLISH) ? "lesson.md" : "lesson." + language + ".md");
  }

  LessonText read(String language) throws InvalidLesson, IOException {
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
