package io.podlab.config.settings;

import io.podlab.config.snapshot.Snapshot;
import io.podlab.kit.duration.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parses and validates the {@link Settings} of a {@link Snapshot}. */
public final class SettingsParser {
  private static final String PROPERTIES = "application.properties";
  private static final String YAML = "application.yaml";
  private static final String YML = "application.yml";
  private static final String GREETING = "greeting";
  private static final String COLOR = "color";
  private static final String LOG_LEVEL = "log.level";
  private static final String REFRESH = "refresh";
  private static final String FEATURES = "features.";
  private static final Set<String> TYPED =
      Set.of(GREETING, COLOR, LOG_LEVEL, REFRESH, PROPERTIES, YAML, YML);
  private static final SortedMap<String, String> DEFAULTS =
      new TreeMap<>(Map.of(GREETING, "Hello", COLOR, "#326ce5", LOG_LEVEL, "INFO", REFRESH, "30s"));

  /**
   * Hex digits or a word, and nothing else of CSS, because a page can put the text into a style.
   */
  private static final Pattern CSS_COLOR =
      Pattern.compile("#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]{3,20}");

  private static final int LONGEST_GREETING = 200;
  private static final int MOST_FEATURES = 100;
  private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
  private static final Duration LONGEST_REFRESH = Duration.ofHours(1);

  private final List<KeyError> errors = new ArrayList<>();
  private final SortedMap<String, String> given = new TreeMap<>();

  private SettingsParser() {}

  public static Parsed parse(Snapshot snapshot) {
    SettingsParser parser = new SettingsParser();
    parser.spread(snapshot);
    Settings settings = parser.settings();
    return parser.errors.isEmpty() ? new Parsed.Valid(settings) : new Parsed.Invalid(parser.errors);
  }

  /**
   * The values by key as given, valid or not, without defaults. Values with a meaning lose white
   * space around them and a byte order mark, which an editor can add to a file.
   */
  public static SortedMap<String, String> given(Snapshot snapshot) {
    SettingsParser parser = new SettingsParser();
    parser.spread(snapshot);
    snapshot
        .binaryData()
        .forEach((key, value) -> parser.given.putIfAbsent(key, "(base64) " + value));
    return parser.given;
  }

  /** Whether a key with this name has a meaning to this service. */
  public static boolean isTyped(String key) {
    return TYPED.contains(key) || key.startsWith(FEATURES);
  }

  /** Collects the keys of the snapshot and the keys inside its documents. */
  private void spread(Snapshot snapshot) {
    snapshot
        .binaryData()
        .forEach(
            (key, base64) -> {
              if (isTyped(key)) {
                byte[] content = Base64.getDecoder().decode(base64);
                errors.add(
                    new KeyError(
                        key, Optional.empty(), Document.encoding(content) + "; save it as UTF-8"));
              }
            });
    Map<String, String> from = new TreeMap<>();
    snapshot
        .data()
        .forEach(
            (key, value) -> {
              switch (key) {
                case PROPERTIES -> add(key, value, Document::properties, from);
                case YAML, YML -> add(key, value, Document::yaml, from);
                default -> add(key, value, key, from);
              }
            });
  }

  private interface Format {
    SortedMap<String, String> read(String text) throws Document.MalformedException;
  }

  private void add(String document, String text, Format format, Map<String, String> from) {
    try {
      format.read(text).forEach((key, value) -> add(key, value, document, from));
    } catch (Document.MalformedException e) {
      given.put(document, text);
      errors.add(new KeyError(document, Optional.empty(), e.getMessage()));
    }
  }

  private void add(String key, String value, String document, Map<String, String> from) {
    String other = from.putIfAbsent(key, document);
    if (other != null) {
      errors.add(
          new KeyError(
              key,
              Optional.empty(),
              "it is set twice, %s and %s; set it once"
                  .formatted(by(key, other), by(key, document))));
      return;
    }
    given.put(key, isTyped(key) ? Document.withoutByteOrderMark(value).strip() : value);
  }

  private static String by(String key, String document) {
    return key.equals(document) ? "as a separate key" : "in " + document;
  }

  private Settings settings() {
    SortedMap<String, String> values = new TreeMap<>(DEFAULTS);
    values.putAll(given);
    String greeting =
        typed(
            values,
            GREETING,
            "a valid greeting; use one line of 1 to 200 characters",
            this::greeting);
    String color =
        typed(
            values,
            COLOR,
            "a CSS color; use a name such as steelblue, or hex such as #4682b4",
            text ->
                Optional.of(text.toLowerCase(Locale.ROOT)).filter(CSS_COLOR.asMatchPredicate()));
    LogLevel level =
        typed(
            values,
            LOG_LEVEL,
            Stream.of(LogLevel.values())
                .map(Enum::name)
                .collect(Collectors.joining(", ", "a log level; use ", ""))
                .replaceFirst(", (\\w+)$", " or $1"),
            text ->
                Stream.of(LogLevel.values())
                    .filter(one -> one.name().equalsIgnoreCase(text))
                    .findFirst());
    Duration refresh =
        typed(
            values,
            REFRESH,
            "a duration from 1s to 1h; use Go syntax such as 30s or 1m30s",
            this::refresh);
    SortedMap<String, Boolean> features = features(values);
    return errors.isEmpty()
        ? new Settings(greeting, color, level, refresh, features, values)
        : null;
  }

  private Optional<String> greeting(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= 1
            && length <= LONGEST_GREETING
            && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isHalf(c))
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether this is half of a surrogate pair, which UTF-8 cannot encode. */
  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private Optional<Duration> refresh(String text) {
    try {
      Duration refresh = GoDuration.parse(text);
      return refresh.compareTo(SHORTEST_REFRESH) >= 0 && refresh.compareTo(LONGEST_REFRESH) <= 0
          ? Optional.of(refresh)
          : Optional.empty();
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private SortedMap<String, Boolean> features(SortedMap<String, String> values) {
    SortedMap<String, Boolean> features = new TreeMap<>();
    for (String key : List.copyOf(values.tailMap(FEATURES).keySet())) {
      if (!key.startsWith(FEATURES)) {
        continue;
      }
      String name = key.substring(FEATURES.length());
      Boolean on =
          typed(
              values,
              key,
              "a boolean; use true or false",
              text ->
                  text.equals("true") || text.equals("false")
                      ? Optional.of(Boolean.valueOf(text))
                      : Optional.empty());
      if (name.isEmpty()) {
        errors.add(
            new KeyError(
                key,
                Optional.empty(),
                "the feature has no name; use a key such as features.shout"));
      }
      features.put(name, on != null && on);
    }
    if (features.size() > MOST_FEATURES) {
      errors.add(
          new KeyError(
              FEATURES + "*",
              Optional.empty(),
              "too many features (%d); use at most %d".formatted(features.size(), MOST_FEATURES)));
    }
    return features;
  }

  private <T> T typed(
      SortedMap<String, String> values,
      String key,
      String accepted,
      Function<String, Optional<T>> parse) {
    String text = values.get(key);
    Optional<T> value = parse.apply(text);
    if (value.isEmpty()) {
      String hint =
          key.equals(COLOR) && text.isEmpty()
              ? "; in YAML, write quotes around a value with #"
              : "";
      errors.add(KeyError.of(key, text, "not " + accepted + hint));
      return null;
    }
    return value.get();
  }
}
