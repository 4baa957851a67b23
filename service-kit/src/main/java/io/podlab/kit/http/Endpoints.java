package io.podlab.kit.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the endpoints of the OpenAPI document and those that Quarkus adds. The document is read on
 * first use, which keeps the start fast.
 */
@Singleton
public final class Endpoints {
  /**
   * Not {@code /q/health/group/{name}}: no service has a health group, and Quarkus answers 200 for
   * every name.
   */
  private static final List<String> QUARKUS_PATHS =
      List.of(
          "/metrics",
          "/q/health",
          "/q/health/live",
          "/q/health/ready",
          "/q/health/started",
          "/q/health/well",
          "/q/health/group",
          "/q/openapi",
          "/q/openapi.json",
          "/q/openapi.yaml",
          "/q/openapi.yml");

  private final ObjectMapper json;
  private volatile Known known;

  Endpoints(ObjectMapper json) {
    this.json = json;
  }

  private record Known(List<Endpoint> endpoints, PathTable<Methods> methods) {}

  /** The operations of the OpenAPI document, sorted by path. */
  public List<Endpoint> all() {
    return known().endpoints();
  }

  /** The methods that a path accepts; empty if no endpoint has this path. */
  Optional<Methods> methods(String path) {
    return known().methods().all(path).reduce(Methods::union);
  }

  private Known known() {
    Known read = known;
    if (read == null) {
      JsonNode document = document();
      read = new Known(endpoints(document), methods(document));
      known = read;
    }
    return read;
  }

  private JsonNode document() {
    try {
      return json.readTree(OpenApiRoute.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Endpoint> endpoints(JsonNode document) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        // A path item can also have parameters, which are not operations.
        if (operation.getValue().has("operationId")) {
          endpoints.add(
              new Endpoint(
                  operation.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  operation.getValue().path("summary").asText()));
        }
      }
    }
    endpoints.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
    return List.copyOf(endpoints);
  }

  static PathTable<Methods> methods(JsonNode document) {
    PathTable<Methods> table = new PathTable<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      Set<String> methods = new TreeSet<>();
      Map<String, String> expressions = new HashMap<>();
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getValue().has("operationId")) {
          methods.add(operation.getKey().toUpperCase(Locale.ROOT));
          for (JsonNode parameter : operation.getValue().path("parameters")) {
            JsonNode pattern = parameter.path("schema").path("pattern");
            if (parameter.path("in").asText().equals("path") && pattern.isTextual()) {
              expressions.put(parameter.path("name").asText(), pattern.asText());
            }
          }
        }
      }
      table.put(path.getKey(), expressions, new Methods(methods));
    }
    QUARKUS_PATHS.forEach(path -> table.put(path, new Methods(Set.of("GET"))));
    return table;
  }
}
