package io.podlab.lab.sbom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A software bill of materials: a list of the parts of a program or an image.
 *
 * @param subject the program or image
 * @param components its parts
 * @param dependencies for each part, the parts that it needs; both by {@link Component#ref()}
 */
record Sbom(
    Component subject, List<Component> components, SortedMap<String, Set<String>> dependencies) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Sbom {
    components = components.stream().sorted(Comparator.comparing(Component::ref)).toList();
    SortedMap<String, Set<String>> sorted = new TreeMap<>();
    dependencies.forEach((ref, needed) -> sorted.put(ref, new TreeSet<>(needed)));
    dependencies = sorted;
  }

  /** In the CycloneDX format, without times and serial numbers: equal parts give an equal text. */
  String json() throws JsonProcessingException {
    ObjectNode document =
        JSON.createObjectNode()
            .put("bomFormat", "CycloneDX")
            .put("specVersion", "1.6")
            .put("version", 1);
    document.putObject("metadata").set("component", json(subject));
    document.putArray("components").addAll(components.stream().map(Sbom::json).toList());
    var graph = document.putArray("dependencies");
    dependencies.forEach(
        (ref, needed) -> {
          var dependsOn = graph.addObject().put("ref", ref).putArray("dependsOn");
          needed.forEach(dependsOn::add);
        });
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer).writeValueAsString(document) + "\n";
  }

  private static ObjectNode json(Component part) {
    ObjectNode component =
        JSON.createObjectNode().put("type", part.type()).put("bom-ref", part.ref());
    part.supplier().ifPresent(name -> component.putObject("supplier").put("name", name));
    part.group().ifPresent(group -> component.put("group", group));
    component.put("name", part.name()).put("version", part.version());
    part.license()
        .ifPresent(
            license -> {
              ObjectNode choice = component.putArray("licenses").addObject();
              if (license.contains(" ")) {
                choice.put("expression", license);
              } else {
                choice.putObject("license").put("id", license);
              }
            });
    part.purl().ifPresent(purl -> component.put("purl", purl));
    part.location()
        .ifPresent(
            path ->
                component
                    .putObject("evidence")
                    .putArray("occurrences")
                    .addObject()
                    .put("location", path));
    return component;
  }
}
