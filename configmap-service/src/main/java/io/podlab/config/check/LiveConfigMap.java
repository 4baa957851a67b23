package io.podlab.config.check;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.Reading;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ConfigMap that the service reads through the API.
 *
 * @param content the last answer of the API; absent while the ConfigMap does not exist or cannot be
 *     read
 */
record LiveConfigMap(String namespace, String name, Optional<Reading.Content> content) {
  /**
   * @param origin {@code namespace/name}
   */
  static LiveConfigMap of(String origin, Reading reading) {
    String[] parts = origin.split("/", 2);
    return new LiveConfigMap(
        parts[0],
        parts[1],
        reading instanceof Reading.Content content ? Optional.of(content) : Optional.empty());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }

  /** An absent name or namespace matches: bare keys have none, and kubectl adds the namespace. */
  boolean isNamed(ObjectMeta metadata) {
    return (metadata.getName() == null || metadata.getName().equals(name))
        && (metadata.getNamespace() == null || metadata.getNamespace().equals(namespace));
  }

  boolean isImmutable() {
    return content.map(Reading.Content::immutable).orElse(false);
  }

  /**
   * Keys that are absent in {@code next} and that {@code kubectl apply} keeps: it did not write
   * them.
   */
  SortedSet<String> keptByApply(Snapshot next) {
    SortedSet<String> kept = new TreeSet<>();
    content.ifPresent(
        live -> {
          kept.addAll(live.snapshot().data().keySet());
          kept.addAll(live.snapshot().binaryData().keySet());
          kept.removeAll(live.applied());
        });
    kept.removeAll(next.data().keySet());
    kept.removeAll(next.binaryData().keySet());
    return kept;
  }

  /** The content after {@code kubectl apply}: {@code next} and the keys that it keeps. */
  Snapshot afterApply(Snapshot next) {
    SortedSet<String> kept = keptByApply(next);
    if (kept.isEmpty()) {
      return next;
    }
    Snapshot live = content.orElseThrow().snapshot();
    SortedMap<String, String> data = new TreeMap<>(live.data());
    data.keySet().retainAll(kept);
    data.putAll(next.data());
    SortedMap<String, String> binaryData = new TreeMap<>(live.binaryData());
    binaryData.keySet().retainAll(kept);
    binaryData.putAll(next.binaryData());
    return Snapshot.of(data, binaryData);
  }

  boolean contains(Snapshot snapshot) {
    return content.map(Reading.Content::snapshot).filter(snapshot::equals).isPresent();
  }
}
