package io.podlab.lab.killercoda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.Failure;
import io.podlab.lab.lesson.Catalog;
import io.podlab.lab.lesson.ImageNames;
import io.podlab.lab.lesson.InvalidLesson;
import io.podlab.lab.lesson.Lesson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes a course for each language: a folder with a scenario for each lesson, and a structure.json
 * with their order.
 */
record Export(Catalog catalog, ImageNames images) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STRUCTURE = "structure.json";

  /** Returns the number of scenarios. */
  int write(Path folder) throws IOException {
    Set<String> languages = new TreeSet<>();
    for (Lesson lesson : catalog.lessons()) {
      languages.addAll(lesson.languages());
    }
    int scenarios = 0;
    ObjectNode all = JSON.createObjectNode();
    ArrayNode courses = all.putArray("items");
    for (String language : languages) {
      scenarios += course(language, folder.resolve(language));
      courses.addObject().put("path", language);
    }
    write(folder.resolve(STRUCTURE), all);
    return scenarios;
  }

  private int course(String language, Path folder) throws IOException {
    Words words = Words.of(language);
    ObjectNode course =
        JSON.createObjectNode().put("title", words.course()).put("description", words.about());
    ArrayNode scenarios = course.putArray("items");
    for (Lesson lesson : catalog.lessons()) {
      if (lesson.languages().contains(language)) {
        try {
          new Scenario(lesson, lesson.read(language), words, images)
              .write(folder.resolve(lesson.name()));
        } catch (InvalidLesson invalid) {
          throw Failure.failed(lesson.name() + " is invalid: " + invalid.getMessage());
        }
        scenarios.addObject().put("path", lesson.name());
      }
    }
    write(folder.resolve(STRUCTURE), course);
    return scenarios.size();
  }

  static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(file, json.toPrettyString() + "\n");
  }
}
