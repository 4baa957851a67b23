package io.podlab.demo.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.org, https://example.org",
    "HTTPS://Example.org:443, https://example.org",
    "http://localhost:80, http://localhost",
    "http://localhost:3000, http://localhost:3000",
    "http://[::1]:8080, http://[::1]:8080",
    "chrome-extension://abcdef, chrome-extension://abcdef"
  })
  void writesAnOriginAsABrowserDoes(String text, String origin) {
    assertThat(AllowedOrigins.of(text).origins()).containsExactly(origin);
  }

  @Test
  void allowsTheListedOriginsAndNoOthers() {
    AllowedOrigins two = AllowedOrigins.of("https://a.example, http://b.example:81");
    assertThat(two.allow("https://a.example")).isTrue();
    assertThat(two.allow("http://b.example:81")).isTrue();
    assertThat(two.allow("http://a.example")).isFalse();
    assertThat(two.allow("https://a.example.org")).isFalse();
    assertThat(two.allow("null")).isFalse();
    assertThat(two.allow(null)).isFalse();
    assertThat(two.any()).isFalse();
  }

  @Test
  void allowsEveryOriginWithAnAsterisk() {
    assertThat(AllowedOrigins.of("*").allow("null")).isTrue();
    assertThat(AllowedOrigins.of("*").allow(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "https://example.org/",
        "https://example.org/path",
        "https://example.org:0",
        "https://example.org:65536",
        "https://user@example.org",
        "https://*.example.org",
        "https://",
        "https://ex\u00e4mple.org",
        "https://a.example,*",
        "*,*",
        "null",
        "true"
      })
  void refusesWhatIsNotAnOrigin(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedOrigins.of(text))
        .withMessageContaining("use *, or origins without a path");
  }
}
