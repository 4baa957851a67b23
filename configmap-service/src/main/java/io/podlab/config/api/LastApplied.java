package io.podlab.config.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys that {@code kubectl apply} wrote last, from the annotation that it adds. */
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LastApplied() {}

  /** Keys of data and binaryData. Empty if there is no annotation or it is not JSON. */
  static Set<String> keys(ConfigMap configMap) {
    Map<String, String> annotations = configMap.getMetadata().getAnnotations();
    String note = annotations == null ? null : annotations.get(ANNOTATION);
    Set<String> keys = new HashSet<>();
    if (note != null) {
      try {
        JsonNode applied = JSON.readTree(note);
        for (String field : List.of("data", "binaryData")) {
          applied.path(field).fieldNames().forEachRemaining(keys::add);
        }
      } catch (JsonProcessingException unreadable) {
        // Anyone can write the annotation; kubectl itself reports a broken one.
        return Set.of();
      }
    }
    return keys;
  }
}
