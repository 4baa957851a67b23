package io.podlab.config.check;

import io.podlab.config.settings.Shown;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a field takes. It is looked at twice: by kubectl with the API server's OpenAPI schema, to
 * which every scalar is a text, and when it is decoded into Go's type.
 */
sealed interface Schema {
  /**
   * {@code kube-openapi/pkg/util/proto/validation}.
   *
   * @param path as {@code ConfigMap.metadata.labels.app}
   */
  void validate(String path, Object value, List<String> refusals);

  /**
   * json-iterator's decoder; it has been validated before.
   *
   * @param field as {@code v1.ObjectMeta.Labels}
   */
  void decode(String field, String path, Object value, List<String> refusals);

  private static void invalid(
      String path, String name, String expected, Object value, List<String> refusals) {
    refusals.add(
        "ValidationError(%s): invalid type for %s: got \"%s\", expected \"%s\""
            .formatted(Shown.line(path), name, type(value), expected));
  }

  private static void unknown(String path, List<String> refusals) {
    refusals.add("unknown object type \"nil\" in " + Shown.line(path));
  }

  /** As OpenAPI calls it. */
  private static String type(Object value) {
    return value instanceof String
        ? "string"
        : value instanceof Boolean
            ? "boolean"
            : value instanceof Map
                ? "map"
                : value instanceof List ? "array" : value instanceof Double ? "number" : "integer";
  }

  /**
   * @param name as OpenAPI calls the field's type
   */
  record Text(String name) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (value instanceof Map || value instanceof List) {
        invalid(path, name, "string", value, refusals);
      }
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      if (!(value instanceof String)) {
        refusals.add(
            "%s: ReadString: expects \" or n, but found %s; %s is %s: put it in quotes"
                .formatted(
                    field,
                    value.toString().charAt(0),
                    Shown.line(path),
                    value instanceof Boolean
                        ? "a boolean"
                        : value instanceof Double ? "a number" : "an integer"));
      }
    }
  }

  record Base64(String name) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      new Text(name).validate(path, value, refusals);
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      if (!(value instanceof String text)) {
        refusals.add("%s: base64Codec: invalid input: %s".formatted(field, Shown.line(path)));
        return;
      }
      try {
        GoBase64.decode(text);
      } catch (IllegalArgumentException e) {
        refusals.add(
            "%s: decode base64: illegal base64 data: %s".formatted(field, Shown.line(path)));
      }
    }
  }

  record Time() implements Schema {
    private static final String NAME = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";

    @Override
    public void validate(String path, Object value, List<String> refusals) {
      new Text(NAME).validate(path, value, refusals);
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      GoTime.invalid(value.toString())
          .ifPresent(
              why ->
                  refusals.add(
                      "%s: unmarshalerDecoder: parsing time %s%s"
                          .formatted(field, Shown.quoted(value.toString()), why)));
    }
  }

  record Whole(String name) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (!(value instanceof Number)) {
        invalid(path, name, "integer", value, refusals);
      }
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      if (value instanceof BigInteger) {
        refusals.add(field + ": ReadInt64: overflow: " + value);
      } else if (!(value instanceof Long)) {
        refusals.add(field + ": assertInteger: can not decode float as int");
      }
    }
  }

  record Bool(String name) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (!(value instanceof Boolean)) {
        invalid(path, name, "boolean", value, refusals);
      }
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {}
  }

  /** Any map. */
  record Any(String name) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (!(value instanceof Map)) {
        invalid(path, name, "map", value, refusals);
      }
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {}
  }

  record MapOf(String name, Schema values) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (!(value instanceof Map<?, ?> map)) {
        invalid(path, name, "map", value, refusals);
        return;
      }
      sorted(map)
          .forEach(
              (key, one) -> {
                if (one == null) {
                  unknown(path + "." + key, refusals);
                } else {
                  values.validate(path + "." + key, one, refusals);
                }
              });
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      sorted((Map<?, ?>) value)
          .forEach((key, one) -> values.decode(field, path + "." + key, one, refusals));
    }
  }

  record ListOf(String name, Schema items) implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (!(value instanceof List<?> list)) {
        invalid(path, name, "array", value, refusals);
        return;
      }
      for (int i = 0; i < list.size(); i++) {
        String place = "%s[%d]".formatted(path, i);
        if (list.get(i) == null) {
          refusals.add(
              "ValidationError(%s): unknown object type \"nil\" in %s".formatted(path, place));
        } else {
          items.validate(place, list.get(i), refusals);
        }
      }
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      List<?> list = (List<?>) value;
      for (int i = 0; i < list.size(); i++) {
        items.decode(field, "%s[%d]".formatted(path, i), list.get(i), refusals);
      }
    }
  }

  /**
   * @param type in Go, such as {@code v1.ObjectMeta}
   * @param required those that must be there
   */
  record Struct(String name, String type, Map<String, Schema> fields, Set<String> required)
      implements Schema {
    @Override
    public void validate(String path, Object value, List<String> refusals) {
      if (!(value instanceof Map<?, ?> map)) {
        invalid(path, name, "map", value, refusals);
        return;
      }
      SortedMap<String, Object> given = sorted(map);
      given.values().removeIf(one -> one == null);
      given.forEach(
          (key, one) -> {
            Schema field = fields.get(key);
            if (field == null) {
              refusals.add(
                  "ValidationError(%s): unknown field \"%s\" in %s"
                      .formatted(path, Shown.escaped(Shown.value(key)), name));
            } else {
              field.validate(path + "." + key, one, refusals);
            }
          });
      required.stream()
          .filter(key -> !given.containsKey(key))
          .sorted()
          .forEach(
              key ->
                  refusals.add(
                      "ValidationError(%s): missing required field \"%s\" in %s"
                          .formatted(path, key, name)));
    }

    @Override
    public void decode(String field, String path, Object value, List<String> refusals) {
      sorted((Map<?, ?>) value)
          .forEach(
              (key, one) -> {
                if (one != null && fields.containsKey(key)) {
                  String capital = Character.toUpperCase(key.charAt(0)) + key.substring(1);
                  String place = path.isEmpty() ? key : path + "." + key;
                  fields.get(key).decode(type + "." + capital, place, one, refusals);
                }
              });
    }
  }

  private static SortedMap<String, Object> sorted(Map<?, ?> map) {
    SortedMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    return sorted;
  }
}
