package io.podlab.config.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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

/**
 * What somebody thinks of making the configuration.
 *
 * @param data texts by key
 * @param binaryData bytes by key
 * @param manifest what is around them; absent for bare keys
 * @param appliedBytes of all annotations, after {@code kubectl apply} has added its own
 * @param errors in the form of its values
 */
record Candidate(
    SortedMap<String, String> data,
    SortedMap<String, byte[]> binaryData,
    Optional<Manifest> manifest,
    long appliedBytes,
    List<KeyError> errors) {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(Document.MOST_NESTING)
                      .maxTokenCount(2L * Document.MOST_NODES)
                      .build())
              .build());
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
      throw malformed(
          "its kind is "
              + (map.get("kind") instanceof String kind
                  ? Shown.line(kind)
                  : Manifest.kind(map.get("kind"))));
    }
    return manifest(map);
  }

  private static ProblemException malformed(String why) {
    return new ProblemException(Problem.badField("body", why, ACCEPTED));
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (StreamConstraintsException e) {
      throw malformed("it has more values, or more of them in one another, than are taken here");
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : " from line " + e.getLocation().getLineNr() + " on";
      throw malformed("it is no JSON" + where);
    }
  }

  private static Object yaml(String text) {
    try {
      return KubectlYaml.load(text);
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
        Optional.empty(),
        appliedBytes(Manifest.of(Map.of("apiVersion", "v1", "kind", "ConfigMap", "data", keys))),
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
                binaryData.put(key, base64(value));
              } catch (IllegalArgumentException e) {
                errors.add(new KeyError(key, Optional.of(value), "in binaryData: it is no base64"));
              }
            });
    Manifest manifest = Manifest.of(map);
    return new Candidate(data, binaryData, Optional.of(manifest), appliedBytes(manifest), errors);
  }

  /** As Go decodes it: line breaks may be in it, and its padding must. */
  private static byte[] base64(String text) {
    String bare = text.replaceAll("[\\r\\n]", "");
    if (bare.length() % 4 != 0) {
      throw new IllegalArgumentException();
    }
    return Base64.getDecoder().decode(bare);
  }

  private static long appliedBytes(Manifest manifest) {
    return manifest.annotationBytes()
        + AppliedAnnotation.NAME.length()
        + AppliedAnnotation.bytes(manifest.applied())
            .orElseThrow(() -> malformed("with its aliases it is longer than a ConfigMap can be"));
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
          boolean nested = value instanceof Map || value instanceof Collection;
          String text = value == null || nested ? "" : String.valueOf(value);
          if (!(value instanceof String)) {
            errors.add(
                new KeyError(
                    String.valueOf(key),
                    value == null || nested ? Optional.empty() : Optional.of(text),
                    "in %s: it is %s, and a ConfigMap takes text: put it in quotes"
                        .formatted(name, Manifest.kind(value))));
          }
          texts.put(String.valueOf(key), text);
        });
    return texts;
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
}
