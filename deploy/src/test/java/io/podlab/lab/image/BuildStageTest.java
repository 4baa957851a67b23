package io.podlab.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildStageTest {
  @ParameterizedTest
  @CsvSource({
    "[4/6] STEP 2/4: COPY . /app, 'stage 4 of 6, step 2 of 4: COPY . /app'",
    "#12 [trained 2/4] COPY . /app, 'stage trained 2/4: COPY . /app'",
    "Step 14/27 : COPY . /app, 'step 14 of 27: COPY . /app'"
  })
  void readsTheStageFromEveryEnginesLog(String line, String stage) {
    assertThat(BuildStage.after(line, "before")).isEqualTo(stage);
  }

  @Test
  void keepsTheStageOnAnyOtherLine() {
    assertThat(BuildStage.after("Unpacking busybox", "stage 2")).isEqualTo("stage 2");
  }

  @Test
  void cutsALongStepToOneShortLine() {
    // Given
    String line = "[2/6] STEP 2/5: RUN " + "x  ".repeat(100);
    // When, Then
    assertThat(BuildStage.after(line, "")).hasSizeLessThanOrEqualTo(60).endsWith("…");
  }
}
