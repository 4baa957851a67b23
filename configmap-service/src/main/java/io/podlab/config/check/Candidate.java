package io.podlab.config.check;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podlab.config.settings.Document;
import io.podlab.config.settings.Document.MalformedException;
import io.podlab.config.settings.Document.SyntaxException;
import io.podlab.config.settings.Excerpt;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.NonString;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration that a client wants to check.
 *
 * @param configMap as written, without invalid values; without a name if these are bare keys
 * @param content the keys and values of the ConfigMap
 * @param bareKeys whether the client sent keys and values instead of a manifest
 * @param errors values that no ConfigMap can have
 */
record Candidate(ConfigMap configMap, Snapshot content, boolean bareKeys, List<KeyError> errors) {
  private static final String ACCEPTED =
      "a ConfigMap manifest, or keys and values, as one YAML or JSON document";

  /** YAML's limit for most keys. ConfigMapRules checks the keys of the ConfigMap. */
  private static final int LONGEST_PATH = 1024;

  private static final String ONE_LINE = " (curl -d removes line breaks; --data-binary keeps them)";

  /**
   * @throws ProblemException 400 if the text is neither a manifest nor keys and values
   */
  static Candidate parse(String text, KubernetesSerialization serialization) {
    try {
      Map<?, ?> document = document(text);
      return isManifest(document) ? manifest(document, serialization) : bareKeys(document);
    } catch (MalformedException e) {
      throw new ProblemException(Problem.badField("body", e.getMessage(), ACCEPTED));
    }
  }

  private static Map<?, ?> document(String text) throws MalformedException {
    Object document;
    try {
      document = Document.load(text);
    } catch (SyntaxException e) {
      boolean mayHaveLostItsLineBreaks =
          text.contains(":") && !text.contains("\n") && !text.startsWith("{");
      throw mayHaveLostItsLineBreaks ? new MalformedException(e.getMessage() + ONE_LINE) : e;
    }
    if (document.equals("") || isNull(document)) {
      throw new MalformedException("it has no keys");
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw new MalformedException("it is not a map of keys and values");
    }
    return map;
  }

  private static boolean isManifest(Map<?, ?> map) {
    return map.containsKey("kind")
        || map.containsKey("apiVersion")
        || map.get("metadata") instanceof Map
        || map.get("data") instanceof Map;
  }

  private static Candidate bareKeys(Map<?, ?> document) throws MalformedException {
    SortedMap<String, String> keys = Document.flat(document, Document.LONGEST_KEY);
    return new Candidate(
        new ConfigMapBuilder().withNewMetadata().endMetadata().withData(keys).build(),
        Snapshot.of(keys, Map.of()),
        true,
        List.of());
  }

  private static Candidate manifest(Map<?, ?> map, KubernetesSerialization serialization)
      throws MalformedException {
    if (!"v1".equals(map.get("apiVersion")) || !"ConfigMap".equals(map.get("kind"))) {
      throw new MalformedException(
          "it is not a ConfigMap: apiVersion and kind are %s and %s, not v1 and ConfigMap"
              .formatted(shown(map.get("apiVersion")), shown(map.get("kind"))));
    }
    // Refuses a document whose aliases expand to more than a ConfigMap can contain.
    Document.flat(map, LONGEST_PATH);
    List<KeyError> errors = new ArrayList<>();
    SortedMap<String, String> data = strings("data", map, errors);
    SortedMap<String, String> binaryData = strings("binaryData", map, errors);
    SortedMap<String, String> base64 = base64(binaryData, errors);
    binaryData.keySet().retainAll(base64.keySet());
    Map<Object, Object> checked = new LinkedHashMap<>(map);
    checked.put("data", data);
    checked.put("binaryData", binaryData);
    try {
      ConfigMap configMap = serialization.convertValue(checked, ConfigMap.class);
      return new Candidate(
          new ConfigMapBuilder(configMap)
              .editOrNewMetadata()
              .addToAnnotations(Map.of())
              .endMetadata()
              .build(),
          Snapshot.of(data, base64),
          false,
          errors);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "it is not a ConfigMap: the value of %s has the wrong type".formatted(field(e)));
    }
  }

  private static String field(IllegalArgumentException e) {
    return e.getCause() instanceof JsonMappingException wrong
        ? wrong.getPath().stream()
            .map(Reference::getFieldName)
            .filter(Objects::nonNull)
            .map(Excerpt::line)
            .collect(Collectors.joining("."))
        : "a field";
  }

  private static String shown(Object value) {
    return value == null ? "none" : Excerpt.line(value.toString());
  }

  private static SortedMap<String, String> strings(
      String field, Map<?, ?> manifest, List<KeyError> errors) throws MalformedException {
    SortedMap<String, String> strings = new TreeMap<>();
    Object given = manifest.get(field);
    if (given == null || isNull(given)) {
      return strings;
    }
    if (!(given instanceof Map<?, ?> values)) {
      throw new MalformedException(field + " is not a map of keys and values");
    }
    values.forEach(
        (key, value) -> {
          String name = key.toString();
          if (value instanceof String text) {
            strings.put(name, text);
          } else if (isNull(value)) {
            // The API server does the same, although not every version of kubectl accepts it.
            strings.put(name, "");
          } else if (value instanceof NonString other) {
            errors.add(
                new KeyError(
                    name, Optional.of(other.text()), "not a string; put quotes around it"));
          } else {
            errors.add(
                new KeyError(
                    name,
                    Optional.empty(),
                    "it is not a string; a value cannot be a map or a list"));
          }
        });
    return strings;
  }

  private static boolean isNull(Object value) {
    return value instanceof NonString other && other.isNull();
  }

  /** The values that are base64, without line breaks. */
  private static SortedMap<String, String> base64(
      SortedMap<String, String> values, List<KeyError> errors) {
    SortedMap<String, String> decodable = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          String base64 = value.replaceAll("[\r\n]", "");
          if (isBase64(base64)) {
            decodable.put(key, base64);
          } else {
            errors.add(
                new KeyError(key, Optional.of(value), "not base64, which binaryData requires"));
          }
        });
    return decodable;
  }

  /** Requires padding, as the API server does; Java's decoder accepts base64 without it. */
  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return text.length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
