package io.podlab.config.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.config.settings.Parsed;
import io.podlab.config.settings.Settings;
import io.podlab.config.settings.SettingsParser;
import io.podlab.config.snapshot.Snapshot;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetingTest {
  private static final LocalTime NOON = LocalTime.of(12, 0);

  private static String greeting(Map<String, String> data) {
    Snapshot snapshot = Snapshot.of(data, Map.of());
    Settings settings = ((Parsed.Valid) SettingsParser.parse(snapshot)).settings();
    return Greeting.of(settings, snapshot.revision(), NOON).plainText();
  }

  @Test
  void greetsInItsColor() {
    assertThat(greeting(Map.of("greeting", "Hi", "color", "red", "features.shout", "false")))
        .isEqualTo("Hi\ncolor red, features on: none\n");
  }

  @Test
  void shoutsAndTellsTheTime() {
    assertThat(
            greeting(Map.of("greeting", "Hi", "features.shout", "true", "features.time", "true")))
        .isEqualTo("HI, IT IS 12:00:00 UTC!\ncolor #326ce5, features on: shout, time\n");
  }

  @Test
  void showsNothingThatMovesACursor() {
    assertThat(new Greeting("Hi\u001b[2J", "red", List.of("a\nb"), "0123456789abcdef").plainText())
        .isEqualTo("Hi\\u001b[2J\ncolor red, features on: a\\u000ab\n");
  }
}
