package io.podlab.demo.notfound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All of them, as the OpenAPI document tells them. */
@Singleton
final class Endpoints {
  /** Where the build puts the document ({@code io.quarkus.smallrye.openapi.runtime}). */
  private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

  private final ObjectMapper json;
  private volatile List<Endpoint> all;

  Endpoints(ObjectMapper json) {
    this.json = json;
  }

  /** By path. Read when first asked for: most processes never are. */
  List<Endpoint> all() {
    List<Endpoint> known = all;
    if (known == null) {
      known = read();
      all = known;
    }
    return known;
  }

  private List<Endpoint> read() {
    try (InputStream document =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
      if (document == null) {
        throw new IllegalStateException(DOCUMENT + " is not part of the application");
      }
      return of(json.readTree(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Endpoint> of(JsonNode document) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        // Beside the operations a path can have parameters of them all.
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
}
