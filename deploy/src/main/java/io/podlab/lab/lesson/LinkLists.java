package io.podlab.lab.lesson;

import java.util.ArrayList;
import java.util.List;

/** Removes sections that contain only links, which a terminal cannot open. */
final class LinkLists {
  private LinkLists() {}

  static List<String> removedFrom(List<String> lines) {
    List<String> kept = new ArrayList<>();
    List<String> section = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("## ")) {
        keep(section, kept);
        section.clear();
      }
      section.add(line);
    }
    keep(section, kept);
    return kept;
  }

  private static void keep(List<String> section, List<String> kept) {
    List<String> body =
        section.stream().filter(line -> !line.isBlank() && !line.startsWith("## ")).toList();
    if (body.isEmpty() || !body.stream().allMatch(line -> line.matches("[-*] \\[.*]\\(.*\\)"))) {
      kept.addAll(section);
    }
  }
}
