package io.podlab.config.delivery;

import java.util.function.Supplier;

/** What was made for the newest version of something, until there is a newer one. */
public final class Latest<V, T> {
  private volatile Made<V, T> made;

  private record Made<V, T>(V version, T value) {
    boolean isOf(V other) {
      return version.equals(other);
    }
  }

  public T get(V version, Supplier<T> making) {
    Made<V, T> known = made;
    if (known == null || !known.isOf(version)) {
      synchronized (this) {
        known = made;
        if (known == null || !known.isOf(version)) {
          known = new Made<>(version, making.get());
          made = known;
        }
      }
    }
    return known.value();
  }
}
