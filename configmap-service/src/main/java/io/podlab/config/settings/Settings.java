package io.podlab.config.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration in its typed form.
 *
 * @param greeting 1 to 200 characters
 * @param color a word of 3 to 20 letters, or {@code #} and 3, 4, 6 or 8 hex digits; in lower case
 * @param logLevel of the service's own log
 * @param refresh interval between full readings of all sources, 1 s to 1 h
 * @param features by name, at most 100
 * @param values all keys with their values as text, including defaults and keys without a meaning
 *     to this service
 */
public record Settings(
    String greeting,
    String color,
    LogLevel logLevel,
    Duration refresh,
    SortedMap<String, Boolean> features,
    SortedMap<String, String> values) {
  public Settings {
    features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public boolean has(String feature) {
    return features.getOrDefault(feature, false);
  }
}
