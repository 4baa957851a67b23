package io.podlab.config.greeting;

import io.podlab.config.settings.Settings;
import io.podlab.config.settings.Shown;
import io.podlab.kit.http.PlainText;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to {@code GET /greeting}.
 *
 * @param color in which it is to be shown
 * @param features that are on
 */
public record Greeting(String greeting, String color, List<String> features, String revision)
    implements PlainText {
  /** {@code features.shout}: in capitals. */
  static final String SHOUT = "shout";

  /** {@code features.time}: with the time of day. */
  static final String TIME = "time";

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  static Greeting of(Settings settings, String revision, LocalTime now) {
    String text = settings.greeting();
    if (settings.has(TIME)) {
      text += ", it is " + now.format(CLOCK) + " UTC";
    }
    if (settings.has(SHOUT)) {
      text = text.toUpperCase(Locale.ROOT) + "!";
    }
    return new Greeting(
        text,
        settings.color(),
        settings.features().entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(Map.Entry::getKey)
            .toList(),
        revision);
  }

  @Override
  public String plainText() {
    return "%s\ncolor %s, features on: %s\n"
        .formatted(
            Shown.escaped(greeting),
            color,
            features.isEmpty() ? "none" : Shown.escaped(String.join(", ", features)));
  }
}
