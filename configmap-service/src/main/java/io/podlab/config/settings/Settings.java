package io.podlab.config.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration in its typed form.
 *
 * @param greeting 1 to 200 characters
 * @param color a CSS color, by name or in hex, in lower case
 * @param logLevel of the service's own log
 * @param refresh 1 s to 1 h: how often everything is read again, whether it seems to have changed
 * @param features by name, at most 100
 * @param values all keys with their values as text: the defaults, too, and those keys that are
 *     unknown here
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
