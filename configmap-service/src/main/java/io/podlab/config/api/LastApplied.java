package io.podlab.config.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code kubectl apply} has written last, as it notes it in the object. */
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final ObjectMapper JSON = new ObjectMapper();

  private LastApplied() {}

  /** Keys of data and binaryData; none if there is no such note, or it cannot be read. */
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
        // Anyone may have written it; kubectl would say so.
        return Set.of();
      }
    }
    return keys;
  }
}
