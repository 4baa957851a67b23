package io.podlab.config.effective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          none               | false
          "a1"               | true
          W/"a1"             | true
          "b2", W/"a1"       | true
          *                  | true
          "b2"               | false
          a1                 | false
          garbage ,,"        | false
          """)
  void matchWeakly(String ifNoneMatch, boolean matches) {
    assertThat(EntityTags.match(ifNoneMatch, "a1")).isEqualTo(matches);
  }
}
