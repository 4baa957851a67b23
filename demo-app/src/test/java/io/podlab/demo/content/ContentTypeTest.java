package io.podlab.demo.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypeTest {
  @ParameterizedTest
  @CsvSource({
    "index.html, text/html;charset=UTF-8",
    "a.txt, text/plain;charset=UTF-8",
    "style.css, text/css;charset=UTF-8",
    "data.json, application/json",
    "logo.svg, image/svg+xml",
    "logo.png, image/png",
    "archive.zip, application/zip",
    "README, application/octet-stream",
    "strange.zzz, application/octet-stream",
  })
  void goesByTheEndOfTheName(String name, String type) {
    assertThat(ContentType.of(name)).isEqualTo(type);
  }

  @Test
  void onlyADirectoryIsShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentConfig.Directory().convert("/etc/passwd"))
        .withMessageContaining("use the path of a directory");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentConfig.Directory().convert("a\0b"))
        .withMessageContaining("use the path of a directory");
    assertThat(new ContentConfig.Directory().convert("/not/there/yet"))
        .hasToString("/not/there/yet");
  }
}
