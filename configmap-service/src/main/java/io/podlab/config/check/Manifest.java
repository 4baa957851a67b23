package io.podlab.config.check;

import io.podlab.config.settings.Shown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What of a ConfigMap is not its values; kubectl 1.20 and the API server check it so. */
record Manifest(Map<String, Object> fields) {
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "metadata", "data", "binaryData", "immutable");

  /** {@code ObjectMeta} of meta/v1. */
  private static final Set<String> METADATA =
      Set.of(
          "annotations",
          "clusterName",
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "finalizers",
          "generateName",
          "generation",
          "labels",
          "managedFields",
          "name",
          "namespace",
          "ownerReferences",
          "resourceVersion",
          "selfLink",
          "uid");

  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final Pattern NAME = Pattern.compile(SUBDOMAIN);
  private static final int LONGEST_NAME = 253;

  static final int MOST_ANNOTATION_BYTES = 256 * 1024;

  static Manifest of(Map<?, ?> map) {
    return new Manifest(named(map));
  }

  private static Map<String, Object> named(Object map) {
    Map<String, Object> named = new TreeMap<>();
    if (map instanceof Map<?, ?> given) {
      given.forEach((key, value) -> named.put(String.valueOf(key), value));
    }
    return named;
  }

  Optional<Boolean> immutable() {
    return Optional.ofNullable(fields.get("immutable"))
        .filter(Boolean.class::isInstance)
        .map(Boolean.class::cast);
  }

  /** What kubectl or the API server would refuse it with. */
  List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    Object version = fields.get("apiVersion");
    if (version == null) {
      refusals.add("apiVersion not set");
    } else if (!(version instanceof String text)) {
      refusals.add("apiVersion isn't string type");
    } else if (!text.equals("v1")) {
      refusals.add("no matches for kind \"ConfigMap\" in version \"" + Shown.line(text) + "\"");
    }
    unknown(fields, FIELDS, "ConfigMap", "io.k8s.api.core.v1.ConfigMap", refusals);
    Object immutable = fields.get("immutable");
    if (immutable != null && !(immutable instanceof Boolean)) {
      refusals.add("immutable is %s; it takes true or false".formatted(kind(immutable)));
    }
    Object metadata = fields.get("metadata");
    if (metadata != null && !(metadata instanceof Map)) {
      refusals.add("metadata is %s; it takes a map".formatted(kind(metadata)));
    }
    metadata(named(metadata), refusals);
    return refusals;
  }

  private static void metadata(Map<String, Object> metadata, List<String> refusals) {
    unknown(
        metadata,
        METADATA,
        "ConfigMap.metadata",
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
        refusals);
    Object name = metadata.get("name");
    Object prefix = metadata.get("generateName");
    if (name != null && !(name instanceof String)) {
      refusals.add("metadata.name is %s; it takes text".formatted(kind(name)));
    } else if ((name == null || name.equals("")) && (prefix == null || prefix.equals(""))) {
      refusals.add("metadata.name: Required value: name or generateName is required");
    } else if (name instanceof String text && !text.isEmpty()) {
      name(text, refusals);
    }
    for (String part : List.of("annotations", "labels")) {
      Object given = metadata.get(part);
      if (given != null && !(given instanceof Map)) {
        refusals.add("metadata.%s is %s; it takes a map".formatted(part, kind(given)));
      }
      named(given)
          .forEach(
              (key, value) -> {
                if (value != null && !(value instanceof String)) {
                  refusals.add(
                      "metadata.%s.%s is %s; it takes text: put it in quotes"
                          .formatted(part, Shown.line(key), kind(value)));
                }
              });
    }
  }

  private static void name(String name, List<String> refusals) {
    String invalid = "metadata.name: Invalid value: \"" + Shown.line(name) + "\": ";
    if (name.length() > LONGEST_NAME) {
      refusals.add(invalid + "must be no more than 253 characters");
    } else if (!NAME.matcher(name).matches()) {
      refusals.add(
          invalid
              + "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
              + " characters, '-' or '.', and must start and end with an alphanumeric character"
              + " (e.g. 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
    }
  }

  private static void unknown(
      Map<String, Object> fields,
      Set<String> known,
      String where,
      String type,
      List<String> refusals) {
    fields.keySet().stream()
        .filter(field -> !known.contains(field))
        .forEach(
            field ->
                refusals.add(
                    "ValidationError(%s): unknown field \"%s\" in %s"
                        .formatted(where, Shown.line(field), type)));
  }

  static String kind(Object value) {
    return value == null
        ? "null"
        : value instanceof String
            ? "a text"
            : value instanceof Boolean
                ? "a boolean"
                : value instanceof Number
                    ? "a number"
                    : value instanceof Map
                        ? "a map"
                        : value instanceof Collection ? "a list" : "no text";
  }

  /** Its own annotations: names and values, as the API server counts them. */
  long annotationBytes() {
    return annotations().entrySet().stream()
        .mapToLong(entry -> utf8Length(entry.getKey()) + utf8Length(entry.getValue()))
        .sum();
  }

  private static long utf8Length(Object text) {
    return text instanceof String given ? given.getBytes(StandardCharsets.UTF_8).length : 0;
  }

  /** kubectl takes its own off before it makes it anew. */
  private Map<String, Object> annotations() {
    Map<String, Object> annotations = named(named(fields.get("metadata")).get("annotations"));
    annotations.remove(AppliedAnnotation.NAME);
    return annotations;
  }

  /** What goes into the annotation. */
  Map<String, Object> applied() {
    Map<String, Object> applied = new TreeMap<>(fields);
    Map<String, Object> metadata = named(fields.get("metadata"));
    metadata.putIfAbsent("name", "configmap");
    metadata.putIfAbsent("namespace", "default");
    metadata.put("annotations", annotations());
    applied.put("metadata", metadata);
    return applied;
  }
}
