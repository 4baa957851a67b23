package io.podlab.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void tellsWhatIsNewWhatIsGoneAndWhatIsOther() {
    assertThat(
            Change.between(
                new TreeMap<>(Map.of("a", "1", "b", "2", "same", "x")),
                new TreeMap<>(Map.of("b", "3\n4", "c", "5", "same", "x"))))
        .extracting(Change::sentence)
        .containsExactly("- a: 1", "b: 2 -> 3 4", "+ c: 5");
  }
}
