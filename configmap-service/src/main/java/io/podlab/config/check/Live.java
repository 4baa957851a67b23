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
 * @param content as the API last gave it; absent while there is none, or none can be read
 */
record Live(String namespace, String name, Optional<Reading.Content> content) {
  /**
   * @param origin {@code namespace/name}
   */
  static Live of(String origin, Reading reading) {
    String[] parts = origin.split("/", 2);
    return new Live(
        parts[0],
        parts[1],
        reading instanceof Reading.Content content ? Optional.of(content) : Optional.empty());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }

  /** Bare keys have no name; without a namespace, kubectl takes the one it is told. */
  boolean isNamed(ObjectMeta metadata) {
    return (metadata.getName() == null || metadata.getName().equals(name))
        && (metadata.getNamespace() == null || metadata.getNamespace().equals(namespace));
  }

  boolean isImmutable() {
    return content.map(Reading.Content::immutable).orElse(false);
  }

  /** Keys that {@code kubectl apply} would keep though this lacks them: it did not write them. */
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

  /** What {@code kubectl apply} would leave: this, and what it keeps. */
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

  boolean holds(Snapshot snapshot) {
    return content.map(Reading.Content::snapshot).filter(snapshot::equals).isPresent();
  }
}
