package io.podlab.config.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.http.Problem;
import io.podlab.config.http.ProblemException;
import io.podlab.config.settings.Document;
import io.podlab.config.settings.KeyError;
import io.podlab.config.settings.Shown;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What somebody thinks of making the configuration.
 *
 * @param data texts by key
 * @param binaryData bytes by key
 * @param manifest as it came, for what {@code kubectl apply} makes of it
 * @param errors in its form
 */
record Candidate(
    SortedMap<String, String> data,
    SortedMap<String, byte[]> binaryData,
    Map<String, Object> manifest,
    List<KeyError> errors) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCEPTED =
      "a ConfigMap manifest, or keys with their values, as one document of YAML or JSON";

  /**
   * @throws ProblemException 400 if it is neither a manifest nor keys
   */
  static Candidate parse(String text) {
    boolean json = text.stripLeading().startsWith("{");
    Object root = json ? json(text) : yaml(text);
    if (!(root instanceof Map<?, ?> map)) {
      throw malformed("it is no map of keys to values");
    }
    if (!map.containsKey("kind") && !map.containsKey("apiVersion")) {
      return bare(json ? flat(map) : textOnly(text));
    }
    if (!"ConfigMap".equals(map.get("kind"))) {
      throw malformed("its kind is " + Shown.line(String.valueOf(map.get("kind"))));
    }
    return manifest(map);
  }

  private static ProblemException malformed(String why) {
    return new ProblemException(Problem.badField("body", why, ACCEPTED));
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " from line " + e.getLocation().getLineNr() + " on";
      throw malformed("it is no JSON" + where);
    }
  }

  private static Object yaml(String text) {
    try {
      return Document.load(text, new SafeConstructor(Document.limits()), new Resolver());
    } catch (Document.MalformedException e) {
      throw malformed(e.getMessage());
    }
  }

  private static SortedMap<String, String> textOnly(String text) {
    try {
      return Document.yaml(text);
    } catch (Document.MalformedException e) {
      throw malformed(e.getMessage());
    }
  }

  private static SortedMap<String, String> flat(Map<?, ?> map) {
    try {
      return Document.flat(map);
    } catch (Document.MalformedException e) {
      throw malformed(e.getMessage());
    }
  }

  private static Candidate bare(SortedMap<String, String> keys) {
    return new Candidate(
        keys,
        new TreeMap<>(),
        Map.of("apiVersion", "v1", "kind", "ConfigMap", "data", keys),
        List.of());
  }

  private static Candidate manifest(Map<?, ?> map) {
    List<KeyError> errors = new ArrayList<>();
    SortedMap<String, String> data = new TreeMap<>();
    texts(map.get("data"), "data", errors).forEach(data::put);
    SortedMap<String, byte[]> binaryData = new TreeMap<>();
    texts(map.get("binaryData"), "binaryData", errors)
        .forEach(
            (key, value) -> {
              try {
                binaryData.put(key, Base64.getMimeDecoder().decode(strict(value)));
              } catch (IllegalArgumentException e) {
                errors.add(new KeyError(key, Optional.of(value), "in binaryData: it is no base64"));
              }
            });
    Map<String, Object> whole = new TreeMap<>();
    map.forEach((key, value) -> whole.put(String.valueOf(key), value));
    return new Candidate(data, binaryData, whole, errors);
  }

  /** Line breaks may be in it, and nothing else that is no base64. */
  private static String strict(String base64) {
    if (!base64.matches("[A-Za-z0-9+/=\\r\\n]*")) {
      throw new IllegalArgumentException();
    }
    return base64;
  }

  private static Map<String, String> texts(Object part, String name, List<KeyError> errors) {
    Map<String, String> texts = new TreeMap<>();
    if (part == null) {
      return texts;
    }
    if (!(part instanceof Map<?, ?> map)) {
      throw malformed(name + " is no map of keys to values");
    }
    map.forEach(
        (key, value) -> {
          String text = value == null ? "" : String.valueOf(value);
          if (value != null && !(value instanceof String)) {
            errors.add(
                new KeyError(
                    String.valueOf(key),
                    value instanceof Map || value instanceof Collection
                        ? Optional.empty()
                        : Optional.of(text),
                    "in %s: it is %s, and a ConfigMap takes text: put it in quotes"
                        .formatted(name, kind(value))));
          }
          texts.put(String.valueOf(key), text);
        });
    return texts;
  }

  private static String kind(Object value) {
    return value instanceof Boolean
        ? "a boolean"
        : value instanceof Number
            ? "a number"
            : value instanceof Map ? "a map" : value instanceof Collection ? "a list" : "no text";
  }

  /** Bytes of all values, as the API server counts them. */
  long bytes() {
    return data.values().stream().mapToLong(Candidate::utf8Length).sum()
        + binaryData.values().stream().mapToLong(value -> value.length).sum();
  }

  private static long utf8Length(String text) {
    return text.codePoints()
        .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
        .sum();
  }

  /**
   * Bytes of the annotation in which {@code kubectl apply} keeps the manifest: the whole of it as
   * JSON in Go's spelling, and the annotation's name.
   */
  long appliedBytes() {
    String annotation = "kubectl.kubernetes.io/last-applied-configuration";
    try {
      String json = JSON.writeValueAsString(withoutAnnotations());
      long escaped = json.chars().filter(c -> c == '<' || c == '>' || c == '&').count();
      return utf8Length(json) + 5 * escaped + 1 + annotation.length();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> withoutAnnotations() {
    Map<String, Object> applied = new TreeMap<>(manifest);
    Map<String, Object> metadata = new TreeMap<>();
    if (manifest.get("metadata") instanceof Map<?, ?> given) {
      given.forEach((key, value) -> metadata.put(String.valueOf(key), value));
    }
    metadata.putIfAbsent("name", "configmap");
    metadata.putIfAbsent("namespace", "default");
    metadata.put("annotations", Map.of());
    applied.put("metadata", metadata);
    return applied;
  }
}
