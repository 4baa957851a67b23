package io.podlab.config.environment;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.config.source.ReadResult;
import io.podlab.config.source.Reading;
import io.podlab.config.source.Source;
import io.podlab.config.source.SourceName;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was there at the start. */
public final class FixedSource implements Source {
  private static final String VARIABLE = "LAB_VALUE_";

  private final SourceName name;
  private final String origin;
  private final Reading reading;
  private final Clock clock;

  private FixedSource(SourceName name, String origin, Map<String, String> values, Clock clock) {
    this.name = name;
    this.origin = origin;
    this.clock = clock;
    Instant start = clock.instant();
    Snapshot snapshot = Snapshot.of(values, Map.of());
    this.reading =
        snapshot.isEmpty()
            ? new Reading.Gone("there is no " + origin)
            : snapshot.bytes() > Snapshot.MOST_BYTES
                ? new Reading.Refused("", "it is longer than a ConfigMap can be")
                : new Reading.Content(snapshot, Optional.empty(), Optional.of(start), false);
  }

  /**
   * {@code LAB_VALUE_greeting}, or any other key, as {@code envFrom} with that prefix makes them;
   * and because shells have neither dots nor small letters there, {@code LAB_VALUE_LOG_LEVEL} and
   * the like for the keys that have a meaning.
   *
   * @throws ConfigurationException if two variables give the same key
   */
  public static FixedSource environment(Map<String, String> variables, Clock clock) {
    SortedMap<String, String> values = new TreeMap<>();
    Map<String, String> names = new HashMap<>();
    new TreeMap<>(variables)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(VARIABLE) && variable.length() > VARIABLE.length()) {
                String key = key(variable.substring(VARIABLE.length()));
                String other = names.put(key, variable);
                if (other != null) {
                  throw new ConfigurationException(
                      "%s and %s contradict each other: both give the key %s; set one of them"
                          .formatted(other, variable, key));
                }
                values.put(key, value);
              }
            });
    return new FixedSource(SourceName.ENVIRONMENT, "LAB_VALUE_*", values, clock);
  }

  private static String key(String name) {
    return switch (name) {
      case "GREETING" -> "greeting";
      case "COLOR" -> "color";
      case "LOG_LEVEL" -> "log.level";
      case "REFRESH" -> "refresh";
      default ->
          name.startsWith("FEATURES_")
              ? "features." + name.substring("FEATURES_".length()).toLowerCase(Locale.ROOT)
              : name;
    };
  }

  /**
   * {@code --greeting=Hello}, any key.
   *
   * @throws IllegalArgumentException for an argument of another form; the message names it
   */
  public static FixedSource arguments(String[] arguments, Clock clock) {
    return new FixedSource(SourceName.ARGUMENTS, "--KEY=VALUE", Arguments.parse(arguments), clock);
  }

  @Override
  public SourceName name() {
    return name;
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public String reloads() {
    return "never: fixed at start";
  }

  @Override
  public boolean watching() {
    return false;
  }

  @Override
  public ReadResult look() {
    return new ReadResult(reading, Optional.of(clock.instant()));
  }

  @Override
  public ReadResult read() {
    return look();
  }
}
