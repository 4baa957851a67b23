package io.podlab.config.delivery;

import java.util.function.Supplier;

/** Caches one value, made for the newest version of its input. */
public final class Latest<V, T> {
  private volatile Made<V, T> made;

  private record Made<V, T>(V version, T value) {
    boolean isOf(V other) {
      return version.equals(other);
    }
  }

  public T get(V version, Supplier<T> factory) {
    Made<V, T> known = made;
    if (known == null || !known.isOf(version)) {
      synchronized (this) {
        known = made;
        if (known == null || !known.isOf(version)) {
          known = new Made<>(version, factory.get());
          made = known;
        }
      }
    }
    return known.value();
  }
}
