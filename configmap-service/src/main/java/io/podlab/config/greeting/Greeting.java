package io.podlab.config.greeting;

import io.podlab.config.settings.Settings;
import io.podlab.kit.http.PlainText;
import io.podlab.kit.text.Printable;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to {@code GET /greeting}.
 *
 * @param color the color of the greeting; a CSS color
 * @param features the names of the features that are on
 * @param revision of the configuration that this greeting uses
 */
public record Greeting(String greeting, String color, List<String> features, String revision)
    implements PlainText {
  /** {@code features.shout}: the greeting is in capitals. */
  static final String SHOUT = "shout";

  /** {@code features.time}: the greeting includes the time of day. */
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
            Printable.escaped(greeting),
            color,
            features.isEmpty() ? "none" : Printable.escaped(String.join(", ", features)));
  }
}
