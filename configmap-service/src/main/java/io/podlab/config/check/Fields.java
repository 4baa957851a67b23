package io.podlab.config.check;

import io.podlab.config.source.Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an update of a ConfigMap may not change once that is immutable.
 *
 * @param binaryData in base64
 */
record Fields(
    boolean immutable, SortedMap<String, String> data, SortedMap<String, String> binaryData) {
  /** As the API server has them. */
  static Fields of(Reading.Content live) {
    SortedMap<String, String> data = new TreeMap<>(live.snapshot().data());
    SortedMap<String, String> binaryData = new TreeMap<>(live.snapshot().binaryData());
    for (String key : live.written().binaryKeys()) {
      String text = data.remove(key);
      if (text != null) {
        binaryData.put(key, base64(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return new Fields(live.immutable(), data, binaryData);
  }

  /** As {@code kubectl replace} leaves them. */
  static Fields of(Candidate candidate, Manifest manifest) {
    SortedMap<String, String> binaryData = new TreeMap<>();
    candidate.binaryData().forEach((key, value) -> binaryData.put(key, base64(value)));
    return new Fields(
        Boolean.TRUE.equals(manifest.fields().get("immutable")), candidate.data(), binaryData);
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }

  /**
   * As {@code kubectl apply} leaves them, which takes away what was given last and no more is.
   *
   * @param held what there is
   * @param manifest what is applied, of which these are the fields
   * @param last what was applied last
   */
  Fields applied(Fields held, Manifest manifest, Map<?, ?> last) {
    boolean stays = !manifest.fields().containsKey("immutable") && !last.containsKey("immutable");
    return new Fields(
        stays ? held.immutable : immutable,
        merged("data", held.data, data, manifest, last),
        merged("binaryData", held.binaryData, binaryData, manifest, last));
  }

  private static SortedMap<String, String> merged(
      String field,
      SortedMap<String, String> held,
      SortedMap<String, String> next,
      Manifest manifest,
      Map<?, ?> last) {
    SortedMap<String, String> merged = new TreeMap<>();
    if (manifest.fields().get(field) != null
        || !manifest.fields().containsKey(field) && !last.containsKey(field)) {
      merged.putAll(held);
      if (last.get(field) instanceof Map<?, ?> given) {
        merged.keySet().removeAll(given.keySet());
      }
      merged.putAll(next);
    }
    return merged;
  }

  /** {@code ValidateConfigMapUpdate}. */
  List<String> forbidden(Fields held) {
    List<String> refusals = new ArrayList<>();
    if (held.immutable) {
      forbidden("immutable", immutable, refusals);
      forbidden("data", data.equals(held.data), refusals);
      forbidden("binaryData", binaryData.equals(held.binaryData), refusals);
    }
    return refusals;
  }

  private static void forbidden(String field, boolean same, List<String> refusals) {
    if (!same) {
      refusals.add(field + ": Forbidden: field is immutable when `immutable` is set");
    }
  }

  /** Bytes of all values. */
  long bytes() {
    return data.values().stream().mapToLong(Utf8::length).sum()
        + binaryData.values().stream()
            .mapToLong(value -> Base64.getDecoder().decode(value).length)
            .sum();
  }
}
