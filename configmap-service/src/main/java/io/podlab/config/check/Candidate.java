package io.podlab.config.check;

import io.podlab.config.settings.Document;
import io.podlab.config.settings.Document.MalformedException;
import io.podlab.config.settings.Document.SyntaxException;
import io.podlab.config.settings.Shown;
import io.podlab.kit.http.Problem;
import io.podlab.kit.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What somebody thinks of making the configuration.
 *
 * @param data texts by key
 * @param binaryData bytes by key
 * @param manifest what is around them; absent for bare keys
 */
record Candidate(
    SortedMap<String, String> data,
    SortedMap<String, byte[]> binaryData,
    Optional<Manifest> manifest) {
  /** {@code GuessJSONStream}; JSON itself takes few of these in front. */
  private static final Pattern JSON = Pattern.compile("[\\s\\x85\\p{Z}]*+\\{");

  private static final int LOOKED_AT = 4096;
  private static final String ACCEPTED =
      "a ConfigMap manifest, or keys with their values, as one document of YAML or JSON";

  private static final String ONE_LINE = " (curl takes line breaks away, unless by --data-binary)";

  /**
   * @throws ProblemException 400 if it is neither a manifest nor keys
   */
  static Candidate parse(String text) {
    try {
      return JSON.matcher(text).region(0, Math.min(LOOKED_AT, text.length())).lookingAt()
          ? json(text)
          : yaml(text);
    } catch (MalformedException e) {
      String hint =
          e instanceof SyntaxException && text.indexOf('\n') < 0 && text.contains(":")
              ? ONE_LINE
              : "";
      throw new ProblemException(Problem.badField("body", e.getMessage() + hint, ACCEPTED));
    }
  }

  private static Candidate json(String text) throws MalformedException {
    Map<?, ?> map = one(KubectlJson.documents(text));
    return isManifest(map) ? manifest(map) : bare(Document.flat(map));
  }

  /** Keys that stand alone need not be what kubectl would take. */
  private static Candidate yaml(String text) throws MalformedException {
    List<Object> documents;
    try {
      documents = KubectlYaml.documents(text);
    } catch (MalformedException e) {
      SortedMap<String, String> keys = Document.yaml(text);
      if (isManifest(keys) || keys.keySet().stream().anyMatch(Candidate::isInManifest)) {
        throw e;
      }
      return bare(keys);
    }
    Map<?, ?> map = one(documents);
    return isManifest(map) ? manifest(map) : bare(Document.yaml(text));
  }

  private static Map<?, ?> one(List<Object> documents) throws MalformedException {
    if (documents.size() > 1) {
      throw new MalformedException("it has %d documents".formatted(documents.size()));
    }
    if (documents.isEmpty()) {
      throw new MalformedException("it is empty");
    }
    if (!(documents.get(0) instanceof Map<?, ?> map)) {
      throw new MalformedException("it is no map of keys to values");
    }
    return map;
  }

  private static boolean isManifest(Map<?, ?> map) {
    return map.containsKey("kind")
        || map.containsKey("apiVersion")
        || map.get("metadata") instanceof Map
        || map.get("data") instanceof Map;
  }

  private static boolean isInManifest(String key) {
    return key.startsWith("metadata.") || key.startsWith("data.");
  }

  private static Candidate bare(SortedMap<String, String> keys) {
    return new Candidate(keys, new TreeMap<>(), Optional.empty());
  }

  private static Candidate manifest(Map<?, ?> map) throws MalformedException {
    if (!"ConfigMap".equals(map.get("kind"))) {
      throw new MalformedException(
          map.get("kind") instanceof String kind
              ? "its kind is " + Shown.line(kind)
              : "a manifest needs kind: ConfigMap");
    }
    SortedMap<String, byte[]> binaryData = new TreeMap<>();
    texts(map.get("binaryData"))
        .forEach(
            (key, value) -> {
              try {
                binaryData.put(key, GoBase64.decode(value));
              } catch (IllegalArgumentException e) {
                // Is among what the API server refuses.
              }
            });
    return new Candidate(texts(map.get("data")), binaryData, Optional.of(Manifest.of(map)));
  }

  private static SortedMap<String, String> texts(Object part) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (part instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (value instanceof String text) {
              texts.put(String.valueOf(key), text);
            }
          });
    }
    return texts;
  }

  /** As {@code kubectl} would get it; bare keys under the name that is given. */
  Manifest manifest(String name) {
    return manifest.orElseGet(
        () ->
            Manifest.of(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "ConfigMap",
                    "metadata",
                    Map.of("name", name),
                    "data",
                    data)));
  }

  /** Bytes of all values, as the API server counts them. */
  long bytes() {
    return data.values().stream().mapToLong(Utf8::length).sum()
        + binaryData.values().stream().mapToLong(value -> value.length).sum();
  }
}
