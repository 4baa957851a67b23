package io.podlab.lab.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;

/**
 * Grafana's published JSON schemas, one file per kind. They are not part of this project: the
 * folder with them is {@code LAB_GRAFANA_SCHEMAS}, or {@code shared/schemas/grafana} beside the
 * checkout.
 */
record GrafanaSchemas(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory DRAFT_07 =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

  /** Skips the test if the schemas are missing. */
  static GrafanaSchemas orSkip() {
    Path beside = Path.of("").toAbsolutePath().getParent().resolveSibling("shared/schemas/grafana");
    Path folder =
        Optional.ofNullable(System.getenv("LAB_GRAFANA_SCHEMAS")).map(Path::of).orElse(beside);
    Assumptions.assumeTrue(
        Files.isDirectory(folder),
        "LAB_GRAFANA_SCHEMAS names no folder with Grafana's JSON schemas, and there is none at "
            + folder);
    return new GrafanaSchemas(folder);
  }

  /** The violations of the schemas, each with its place. */
  List<String> problems(Dashboard dashboard) {
    List<String> problems = new ArrayList<>(check("dashboard", "Dashboard", dashboard.json()));
    for (JsonNode panel : dashboard.panels()) {
      String type = panel.path("type").asText().replace("-", "");
      List<String> found = new ArrayList<>(check(type, "Options", panel.path("options")));
      JsonNode defaults = panel.at("/fieldConfig/defaults");
      if (defaults.has("custom")) {
        found.addAll(check(type, "FieldConfig", defaults.path("custom")));
      }
      for (JsonNode target : panel.path("targets")) {
        found.addAll(check("prometheus", "Dataquery", target));
      }
      for (String place :
          List.of(
              "/fieldConfig/defaults/unit", "/options/yAxis/unit", "/options/cellValues/unit")) {
        JsonNode unit = panel.at(place);
        if (!unit.isMissingNode() && !units().contains(unit)) {
          found.add(place + ": " + unit + " is not a unit");
        }
      }
      found.forEach(problem -> problems.add(panel.path("title").asText() + ": " + problem));
    }
    return problems;
  }

  private List<String> check(String file, String definition, JsonNode instance) {
    ObjectNode schema = (ObjectNode) read(file);
    if (!schema.path("definitions").has(definition)) {
      return List.of(file + " has no " + definition);
    }
    schema.put("$ref", "#/definitions/" + definition);
    return DRAFT_07.getSchema(schema).validate(instance).stream()
        .map(message -> file + " " + definition + ": " + message.getMessage())
        .toList();
  }

  private Set<JsonNode> units() {
    Set<JsonNode> units = new TreeSet<>((one, other) -> one.asText().compareTo(other.asText()));
    read("units").path("definitions").forEach(unit -> units.add(unit.path("const")));
    units.remove(TextNode.valueOf(""));
    return units;
  }

  private JsonNode read(String name) {
    try {
      return JSON.readTree(folder.resolve(name + ".jsonschema.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
