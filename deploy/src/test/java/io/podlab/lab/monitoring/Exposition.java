package io.podlab.lab.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of a service at {@code /metrics}.
 *
 * @param text the body
 * @param families by name
 * @param series their number, including buckets
 */
record Exposition(String text, Map<String, Family> families, int series) {
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("(.+)_(bucket|sum|count)");

  /**
   * A metric.
   *
   * @param labels their names, sorted, without {@code le}
   */
  record Family(String name, String type, String help, List<String> labels) {
    /** From the name, by the conventions of Prometheus. */
    String unit() {
      String base = name.replaceFirst("_total$", "");
      return base.endsWith("_timestamp_seconds")
          ? "Unix time in seconds"
          : base.endsWith("_seconds") ? "seconds" : base.endsWith("_bytes") ? "bytes" : "none";
    }
  }

  static Exposition parse(String text) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, String> helps = new LinkedHashMap<>();
    Map<String, TreeSet<String>> labels = new LinkedHashMap<>();
    int series = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", 4);
        types.put(words[2], words[3]);
      } else if (line.startsWith("# HELP ")) {
        String[] words = line.split(" ", 4);
        helps.put(words[2], words[3]);
      } else if (!line.isBlank()) {
        series++;
        int end = line.indexOf('{') < 0 ? line.indexOf(' ') : line.indexOf('{');
        Matcher part = PART_OF_HISTOGRAM.matcher(line.substring(0, end));
        String name =
            part.matches() && types.containsKey(part.group(1))
                ? part.group(1)
                : line.substring(0, end);
        TreeSet<String> names = labels.computeIfAbsent(name, any -> new TreeSet<>());
        LABEL.matcher(line.substring(end)).results().map(one -> one.group(1)).forEach(names::add);
        names.remove("le");
      }
    }
    Map<String, Family> families = new LinkedHashMap<>();
    types.forEach(
        (name, type) ->
            families.put(
                name,
                new Family(
                    name,
                    type,
                    helps.getOrDefault(name, ""),
                    List.copyOf(labels.getOrDefault(name, new TreeSet<>())))));
    return new Exposition(text, families, series);
  }

  /**
   * Podlab's own metrics, without the {@code _max} of a timer, which the page explains with its
   * histogram.
   */
  List<Family> ours() {
    List<Family> ours = new ArrayList<>();
    for (Family family : families.values()) {
      String timer = family.name().replaceFirst("_max$", "");
      boolean isMaximum =
          !timer.equals(family.name())
              && families.containsKey(timer)
              && families.get(timer).type().equals("histogram");
      if (family.name().startsWith("lab_") && !isMaximum) {
        ours.add(family);
      }
    }
    return ours;
  }
}
