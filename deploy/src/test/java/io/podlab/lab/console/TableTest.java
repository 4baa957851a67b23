package io.podlab.lab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void chineseCharactersTakeTwoColumns() {
    assertThat(Table.lines(List.of(List.of("存活探针", "x"), List.of("12345678", "y"))))
        .containsExactly("存活探针  x", "12345678  y");
  }
}
