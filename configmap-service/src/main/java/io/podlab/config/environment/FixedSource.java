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

/** A source that cannot change after the start. */
public final class FixedSource implements Source {
  private static final String VARIABLE = "LAB_VALUE_";

  private final SourceName name;
  private final String origin;
  private final Reading reading;
  private final Clock clock;

  private FixedSource(
      SourceName name, String origin, String absent, Map<String, String> values, Clock clock) {
    this.name = name;
    this.origin = origin;
    this.clock = clock;
    Instant start = clock.instant();
    Snapshot snapshot = Snapshot.of(values, Map.of());
    this.reading =
        snapshot.isEmpty()
            ? new Reading.Gone(absent)
            : snapshot.bytes() > Snapshot.MOST_BYTES
                ? new Reading.Refused(
                    "",
                    "the values have %,d bytes; a ConfigMap can contain at most %,d"
                        .formatted(snapshot.bytes(), Snapshot.MOST_BYTES))
                : new Reading.Content(snapshot, Optional.empty(), Optional.of(start), false);
  }

  /**
   * Reads {@code LAB_VALUE_greeting} and other keys, as {@code envFrom} with this prefix creates
   * them. Shells do not accept dots in names, so the keys with a meaning also have names in
   * capitals, such as {@code LAB_VALUE_LOG_LEVEL}.
   *
   * @throws ConfigurationException if two variables set the same key
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
                      "%s and %s both set the key %s; set only one of them"
                          .formatted(other, variable, key));
                }
                values.put(key, value);
              }
            });
    return new FixedSource(
        SourceName.ENVIRONMENT, "LAB_VALUE_*", "no LAB_VALUE_* variable is set", values, clock);
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
   * Reads arguments such as {@code --greeting=Hello}.
   *
   * @throws IllegalArgumentException if an argument is invalid; the message names it
   */
  public static FixedSource arguments(String[] arguments, Clock clock) {
    return new FixedSource(
        SourceName.ARGUMENTS,
        "--KEY=VALUE",
        "no --KEY=VALUE argument is given",
        Arguments.parse(arguments),
        clock);
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
