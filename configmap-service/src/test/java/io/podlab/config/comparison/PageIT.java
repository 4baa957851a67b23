package io.podlab.config.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.podlab.kit.testing.Browser;
import io.podlab.kit.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Opens the page in a real browser. */
class PageIT {
  @TempDir Path directory;

  @BeforeAll
  static void needsABrowser() {
    Browser.assumeThereIsOne();
  }

  @Test
  void showsEachKeyInEachSourceLiveAndWithoutMarkupOfOthers() throws Exception {
    // Given
    Files.writeString(directory.resolve("greeting"), "<b>Hi</b>");
    Map<String, String> environment =
        Map.of("LAB_CONFIG_DIR", directory.toString(), "LAB_VALUE_GREETING", "Old");
    try (PackagedService service = PackagedService.start(environment);
        Browser browser = Browser.open(service.uri("/sources"))) {
      soon(
          () ->
              assertThat(browser.texts("#head th span"))
                  .containsExactly("Key", "● directory", "arguments", "environment"));
      assertThat(browser.texts("#keys th")).containsExactly("greeting");
      assertThat(browser.texts("#keys td span")).containsExactly("<b>Hi</b>", "–", "Old");
      assertThat(browser.texts("#facts tr:first-child td span"))
          .contains("never: fixed at start", "when its files change");

      // When
      Files.writeString(directory.resolve("greeting"), "Changed");
      Files.writeString(directory.resolve("color"), "red");

      // Then
      soon(() -> assertThat(browser.texts("#keys th")).containsExactly("color", "greeting"));
      soon(() -> assertThat(browser.texts("#keys td span")).contains("Old", "Changed", "red"));

      // When
      Files.writeString(directory.resolve("color"), "not-a-color");

      // Then
      soon(
          () ->
              assertThat(browser.text("#state"))
                  .startsWith("✕ directory: rejected: color is invalid"));
      assertThat(browser.texts("td[data-wrong=true] span")).containsExactly("not-a-color");
      browser.press(Keys.TAB);
      assertThat((String) browser.evaluate("return document.activeElement.className"))
          .isEqualTo("scroll");
      assertThat(browser.console()).isEmpty();
    }
  }

  @Test
  void showsTheSourcesWhereNoStreamComesThrough() throws Exception {
    // Given
    Files.writeString(directory.resolve("greeting"), "</script><b>Hi</b>");
    try (PackagedService service =
            PackagedService.start(Map.of("LAB_CONFIG_DIR", directory.toString()));
        Browser browser = Browser.open(service.uri("/sources"))) {
      browser.block(service.uri("/sources/stream"));

      // When
      browser.reload();

      // Then
      assertThat(browser.texts("#keys th")).containsExactly("greeting");
      assertThat(browser.texts("#keys td span")).contains("</script><b>Hi</b>");
      soon(
          () ->
              assertThat(browser.text("#state"))
                  .matches("✕ Connection lost\\. Last update: [0-9:]{8}\\. Trying again…"));
    }
  }

  @Test
  void saysThatTheConnectionIsGone() throws Exception {
    // Given
    Files.writeString(directory.resolve("greeting"), "Hi");
    try (PackagedService service =
            PackagedService.start(Map.of("LAB_CONFIG_DIR", directory.toString()));
        Browser browser = Browser.open(service.uri("/sources"))) {
      soon(() -> assertThat(browser.text("#state")).startsWith("● "));

      // When
      service.kill();

      // Then
      soon(() -> assertThat(browser.text("#state")).startsWith("✕ Connection lost. Last update: "));
    }
  }

  private static void soon(ThrowingRunnable claim) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(claim);
  }
}
