package io.podlab.board.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawingTest {
  @ParameterizedTest
  @EnumSource
  void hasAMarkForEachKind(Kind kind) {
    Drawing.Mark mark = Drawing.SHARED.of(kind);
    assertThat(Drawing.SHARED.symbols()).containsKey(mark.symbol());
    assertThat(Drawing.SHARED.severities()).contains(mark.severity());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GONE")
  void hasAColorAPatternAndALetterForEachState(PodState state) {
    String name = Drawing.name(state);
    assertThat(Drawing.SHARED.of(state).letter()).hasSize(1);
    assertThat(Drawing.file("patterns.svg")).contains("<pattern id=\"" + name + "\"");
    assertThat(Drawing.file("drawing.css")).contains(".c-" + name + " ");
  }
}
