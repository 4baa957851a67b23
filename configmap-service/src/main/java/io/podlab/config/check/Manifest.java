package io.podlab.config.check;

import io.podlab.config.settings.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A ConfigMap as kubectl 1.20 sends it. What kubectl refuses does not get to the API server, and
 * what is of a wrong type is not looked at any further: the refusals are those of the first who has
 * any.
 */
record Manifest(Map<String, Object> fields) {
  static final int MOST_ANNOTATION_BYTES = 256 * 1024;

  private static final int LONGEST_PREFIX = 58;

  /** Those that need no domain in front. */
  private static final Set<String> FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");

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

  private Map<String, Object> metadata() {
    return named(fields.get("metadata"));
  }

  private static String text(Map<String, Object> map, String field) {
    return map.get(field) instanceof String text ? text : "";
  }

  String name() {
    return text(metadata(), "name");
  }

  String namespace() {
    return text(metadata(), "namespace");
  }

  String resourceVersion() {
    return text(metadata(), "resourceVersion");
  }

  /** What kubectl would refuse it with, or the API server when it decodes it. */
  List<String> refusals() {
    List<String> refusals = new ArrayList<>();
    validate(refusals);
    if (refusals.isEmpty()) {
      decode(refusals);
    }
    return refusals;
  }

  /** What the API server would refuse in its metadata, which is of the right types. */
  List<String> invalid() {
    List<String> refusals = new ArrayList<>();
    metadata(metadata(), refusals);
    return refusals;
  }

  /** {@code kubectl}, before it asks the API server for anything but its schema. */
  private void validate(List<String> refusals) {
    if (fields.get("apiVersion") == null) {
      refusals.add("apiVersion not set");
    } else if (!(fields.get("apiVersion") instanceof String version)) {
      refusals.add("apiVersion isn't string type");
    } else if (version.indexOf('/') != version.lastIndexOf('/')) {
      refusals.add("unexpected GroupVersion string: " + Shown.line(version));
    } else if (version.isEmpty()) {
      refusals.add("the server could not find the requested resource");
    } else if (!version.equals("v1") && !version.equals("/v1")) {
      refusals.add("no matches for kind \"ConfigMap\" in version \"" + Shown.line(version) + "\"");
    } else {
      ConfigMapSchema.ROOT.validate("ConfigMap", fields, refusals);
      if (refusals.isEmpty() && fields.containsKey("items")) {
        refusals.add("no objects passed to create");
      }
    }
  }

  private void decode(List<String> refusals) {
    ConfigMapSchema.METADATA.decode("", "metadata", metadata(), refusals);
    for (String part : List.of("binaryData", "data")) {
      if (refusals.isEmpty() && fields.get(part) != null) {
        ConfigMapSchema.ROOT.decode("", "", Map.of(part, fields.get(part)), refusals);
      }
    }
  }

  /** {@code ValidateObjectMeta}. */
  private static void metadata(Map<String, Object> metadata, List<String> refusals) {
    String name = text(metadata, "name");
    String prefix = text(metadata, "generateName");
    if (!prefix.isEmpty()) {
      refusals.addAll(
          Names.invalid("metadata.generateName", prefix, Names.subdomain(masked(prefix))));
    }
    if (!name.isEmpty() || refusals.isEmpty() && !prefix.isEmpty()) {
      String made = name.isEmpty() ? generated(prefix) : name;
      refusals.addAll(Names.invalid("metadata.name", made, Names.subdomain(made)));
    } else if (prefix.isEmpty()) {
      refusals.add("metadata.name: Required value: name or generateName is required");
    }
    String namespace = text(metadata, "namespace");
    if (!namespace.isEmpty() && !Names.isLabel(namespace)) {
      refusals.add("namespaces \"%s\" not found".formatted(Shown.line(namespace)));
    }
    if (metadata.get("generation") instanceof Long generation && generation < 0) {
      refusals.add(
          "metadata.generation: Invalid value: %d: must be greater than or equal to 0"
              .formatted(generation));
    }
    named(metadata.get("labels"))
        .forEach(
            (key, value) -> {
              refusals.addAll(Names.invalid("metadata.labels", key, Names.qualified(key)));
              String text = String.valueOf(value);
              refusals.addAll(Names.invalid("metadata.labels", text, Names.labelValue(text)));
            });
    named(metadata.get("annotations"))
        .keySet()
        .forEach(
            key ->
                refusals.addAll(
                    Names.invalid(
                        "metadata.annotations",
                        key,
                        Names.qualified(key.toLowerCase(Locale.ROOT)))));
    owners(items(metadata, "ownerReferences"), refusals);
    finalizers(items(metadata, "finalizers"), refusals);
  }

  /** {@code SimpleNameGenerator}, by an example. */
  private static String generated(String prefix) {
    return prefix.substring(0, Math.min(LONGEST_PREFIX, prefix.length())) + "xxxxx";
  }

  /** {@code maskTrailingDash}: what follows makes a name of a prefix that ends in one. */
  private static String masked(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("-")
        ? prefix.substring(0, prefix.length() - 2) + "a"
        : prefix;
  }

  private static List<?> items(Map<String, Object> metadata, String field) {
    return metadata.get(field) instanceof List<?> items ? items : List.of();
  }

  private static void owners(List<?> owners, List<String> refusals) {
    String field = "metadata.ownerReferences";
    int controllers = 0;
    for (Object one : owners) {
      Map<String, Object> owner = named(one);
      String version = text(owner, "apiVersion");
      if (version.indexOf('/') != version.lastIndexOf('/') || version.endsWith("/")) {
        version = "";
      }
      if (version.isEmpty()) {
        refusals.addAll(
            Names.invalid(
                field + ".apiVersion",
                text(owner, "apiVersion"),
                List.of("version must not be empty")));
      }
      for (String required : List.of("kind", "name", "uid")) {
        if (text(owner, required).isEmpty()) {
          refusals.add(
              "%s.%s: Invalid value: \"\": %s must not be empty"
                  .formatted(field, required, required));
        }
      }
      if ((version.equals("v1") || version.equals("/v1")) && text(owner, "kind").equals("Event")) {
        refusals.add(field + ": Invalid value: /v1, Kind=Event is disallowed from being an owner");
      }
      if (Boolean.TRUE.equals(owner.get("controller")) && ++controllers == 2) {
        refusals.add(field + ": Invalid value: Only one reference can have Controller set to true");
      }
    }
  }

  private static void finalizers(List<?> finalizers, List<String> refusals) {
    String field = "metadata.finalizers";
    for (Object one : finalizers) {
      refusals.addAll(
          Names.invalid(field, String.valueOf(one), Names.qualified(String.valueOf(one))));
    }
    if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
      refusals.add(
          field + ": Invalid value: finalizer orphan and foregroundDeletion cannot be both set");
    }
    for (int i = 0; i < finalizers.size(); i++) {
      String finalizer = String.valueOf(finalizers.get(i));
      if (!finalizer.contains("/") && !FINALIZERS.contains(finalizer)) {
        refusals.addAll(
            Names.invalid(
                "%s[%d]".formatted(field, i),
                finalizer,
                List.of("name is neither a standard finalizer name nor is it fully qualified")));
      }
    }
  }

  /**
   * Names and values of all annotations, as the API server counts them, when it comes by {@code
   * kubectl create} or {@code replace}. They make the annotation of {@code kubectl apply} anew
   * where there is one.
   *
   * @param namespace where none is given
   */
  long annotationBytes(String namespace) {
    Object given = named(metadata().get("annotations")).get(AppliedAnnotation.NAME);
    return given == null
        ? bytes(annotations())
        : given.equals("")
            ? bytes(annotations()) + AppliedAnnotation.NAME.length()
            : appliedBytes(namespace);
  }

  /** And when it comes by {@code kubectl apply}. */
  long appliedBytes(String namespace) {
    return bytes(annotations())
        + AppliedAnnotation.NAME.length()
        + AppliedAnnotation.bytes(applied(namespace));
  }

  private static long bytes(Map<String, Object> annotations) {
    return annotations.entrySet().stream()
        .mapToLong(entry -> utf8Length(entry.getKey()) + utf8Length(entry.getValue()))
        .sum();
  }

  private static long utf8Length(Object text) {
    return text instanceof String given ? Utf8.length(given) : 0;
  }

  /** kubectl takes its own off before it makes it anew. */
  private Map<String, Object> annotations() {
    Map<String, Object> annotations = named(metadata().get("annotations"));
    annotations.remove(AppliedAnnotation.NAME);
    return annotations;
  }

  /** What goes into the annotation. */
  private Map<String, Object> applied(String namespace) {
    Map<String, Object> applied = new TreeMap<>(fields);
    Map<String, Object> metadata = metadata();
    if (namespace().isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("annotations", annotations());
    applied.put("metadata", metadata);
    return applied;
  }
}
