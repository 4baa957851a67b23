package io.podlab.lab.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the SBOM that Quarkus writes beside a package. */
final class PackagedService {
  private PackagedService() {}

  static Path document(Path root, String service) {
    return root.resolve(service).resolve("target/quarkus-run-cyclonedx.json");
  }

  /**
   * The parts that are in the package. Quarkus also lists what it needed for the build, and
   * libraries that it removed; only what is in the package has a location.
   */
  static Sbom read(Path document) throws IOException {
    JsonNode sbom = new ObjectMapper().readTree(document.toFile());
    List<Component> components = new ArrayList<>();
    for (JsonNode component : sbom.path("components")) {
      JsonNode location = component.at("/evidence/occurrences/0/location");
      if (location.isTextual()) {
        components.add(component(component, location.textValue()));
      }
    }
    Set<String> present = components.stream().map(Component::ref).collect(Collectors.toSet());
    SortedMap<String, Set<String>> dependencies = new TreeMap<>();
    for (JsonNode dependency : sbom.path("dependencies")) {
      Set<String> needed = new TreeSet<>();
      dependency.path("dependsOn").forEach(ref -> needed.add(ref.textValue()));
      needed.retainAll(present);
      if (present.contains(dependency.path("ref").textValue())) {
        dependencies.put(dependency.path("ref").textValue(), needed);
      }
    }
    Component application =
        components.stream()
            .filter(component -> component.location().orElseThrow().startsWith("app/"))
            .findFirst()
            .orElseThrow(() -> new IOException("no application in " + document));
    return new Sbom(application, components, dependencies);
  }

  private static Component component(JsonNode component, String location) {
    boolean isLibrary = component.path("purl").asText().startsWith("pkg:maven/");
    return new Component(
        isLibrary ? "library" : "file",
        component.path("bom-ref").textValue(),
        text(component, "publisher"),
        text(component, "group"),
        component.path("name").textValue(),
        component.path("version").textValue(),
        isLibrary ? Optional.of(license(component)) : Optional.empty(),
        isLibrary ? text(component, "purl") : Optional.empty(),
        Optional.of(location));
  }

  private static Optional<String> text(JsonNode component, String field) {
    return Optional.ofNullable(component.path(field).textValue());
  }

  /** A POM with several licenses lets its users choose one of them. */
  private static String license(JsonNode component) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode choice : component.path("licenses")) {
      JsonNode license = choice.path("license");
      ids.add(
          license.has("id")
              ? license.path("id").textValue()
              : Licenses.id(license.path("name").asText()));
    }
    if (ids.isEmpty()) {
      throw new IllegalArgumentException(
          "the POM of " + component.path("bom-ref").asText() + " names no license");
    }
    return String.join(" OR ", ids);
  }
}
