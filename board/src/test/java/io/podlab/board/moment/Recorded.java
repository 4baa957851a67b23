package io.podlab.board.moment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects as a watch of Kubernetes v1.20.2 delivered them, and others written after the API's
 * documentation. A property that the model does not know fails the test.
 */
final class Recorded {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Recorded() {}

  /** The changes of one object: what it was, and what it became. */
  record Change<T>(Optional<T> before, Optional<T> after) {}

  /** A watch of one object: an array of {@code {"type": …, "object": …}}. */
  static <T> List<Change<T>> changes(String file, Class<T> type) {
    return changes(file, type, "");
  }

  /** Of the objects in the watch only those whose name begins so. */
  static <T> List<Change<T>> changes(String file, Class<T> type, String prefix) {
    Map<String, T> known = new HashMap<>();
    List<Change<T>> changes = new ArrayList<>();
    for (JsonNode event : read(file)) {
      JsonNode object = event.get("object");
      if (!object.at("/metadata/name").asText().startsWith(prefix)) {
        continue;
      }
      String uid = object.at("/metadata/uid").asText();
      Optional<T> before = Optional.ofNullable(known.get(uid));
      T after = convert(object, type);
      if (event.get("type").asText().equals("DELETED")) {
        changes.add(new Change<>(before, Optional.empty()));
      } else {
        changes.add(new Change<>(before, Optional.of(after)));
        known.put(uid, after);
      }
    }
    return changes;
  }

  static <T> T object(String json, Class<T> type) {
    try {
      return convert(JSON.readTree(json), type);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** What a moment says: its kind, the state that it leads to, and its words. */
  static List<String> lines(List<Observed> moments) {
    return moments.stream().map(Recorded::line).toList();
  }

  private static String line(Observed moment) {
    return moment.kind().label()
        + moment.state().map(state -> " [" + state + "]").orElse("")
        + " "
        + moment.text();
  }

  private static Iterable<JsonNode> read(String file) {
    try (InputStream json = Recorded.class.getResourceAsStream(file + ".json")) {
      return JSON.readValue(json, new TypeReference<List<JsonNode>>() {});
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static <T> T convert(JsonNode json, Class<T> type) {
    T object = JSON.convertValue(json, type);
    rejectUnknown(object, type.getSimpleName());
    return object;
  }

  private static void rejectUnknown(Object object, String path) {
    if (object instanceof Collection<?> list) {
      list.forEach(each -> rejectUnknown(each, path + "[]"));
      return;
    }
    if (object == null || !object.getClass().getName().startsWith("io.fabric8.")) {
      return;
    }
    for (Method getter : object.getClass().getMethods()) {
      if (!getter.getName().startsWith("get") || getter.getParameterCount() > 0) {
        continue;
      }
      try {
        Object value = getter.invoke(object);
        if (getter.getName().equals("getAdditionalProperties")) {
          assertThat((Map<?, ?>) value).as(path).isEmpty();
        } else {
          rejectUnknown(value, path + "." + getter.getName().substring(3));
        }
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
