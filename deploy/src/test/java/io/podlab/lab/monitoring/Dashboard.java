package io.podlab.lab.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dashboard of {@code deploy/monitoring/grafana}.
 *
 * @param name of its file, without {@code .json}
 */
record Dashboard(String name, JsonNode json) {
  static final Path GRAFANA = Path.of("monitoring/grafana").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A query that Grafana sends to Prometheus.
   *
   * @param where the panel, annotation or variable with the query
   * @param expression PromQL with Grafana's variables; for a variable, the series selector of
   *     {@code label_values}
   */
  record Query(Kind kind, String where, String expression) {
    enum Kind {
      PANEL,
      ANNOTATION,
      VARIABLE
    }
  }

  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
      return files.sorted().map(Dashboard::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Dashboard named(String name) {
    return read(GRAFANA.resolve("dashboards/" + name + ".json"));
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(
          file.getFileName().toString().replace(".json", ""), JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  List<JsonNode> panels() {
    return list(json.path("panels"));
  }

  List<JsonNode> annotations() {
    return list(json.at("/annotations/list"));
  }

  List<JsonNode> variables() {
    return list(json.at("/templating/list"));
  }

  private static List<JsonNode> list(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  /** All queries, in the order of the file. A panel can have several. */
  List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode variable : variables()) {
      if (variable.path("type").asText().equals("query")) {
        queries.add(
            new Query(
                Query.Kind.VARIABLE,
                where("variable", variable.path("name")),
                variable
                    .path("query")
                    .asText()
                    .replaceFirst("^label_values\\((.*), \\w+\\)$", "$1")));
      }
    }
    for (JsonNode annotation : annotations()) {
      queries.add(
          new Query(
              Query.Kind.ANNOTATION,
              where("annotation", annotation.path("name")),
              annotation.path("expr").asText()));
    }
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                Query.Kind.PANEL,
                where("panel", panel.path("title")) + " " + target.path("refId").asText(),
                target.path("expr").asText()));
      }
    }
    return queries;
  }

  private String where(String kind, JsonNode title) {
    return "%s, %s '%s'".formatted(name, kind, title.asText());
  }

  @Override
  public String toString() {
    return name;
  }
}
