package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.record.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTest {
  private static final Duration TIME = Duration.ofMillis(34_900);

  private static final TapLine.Promise HOLDS = promise("ok 1 - a");
  private static final TapLine.Promise SKIPPED = promise("ok 2 - b # SKIP c");

  private static TapLine.Promise promise(String line) {
    return (TapLine.Promise) TapLine.of(line);
  }

  private static Result result(Outcome outcome) {
    return new Result("l", outcome, TIME, List.of(), List.of(HOLDS));
  }

  @ParameterizedTest
  @CsvSource({
    "PASSED, 0",
    "PASSED SKIPPED, 0",
    "SKIPPED, 1",
    "SKIPPED SKIPPED, 1",
    "FAILED, 1",
    "PASSED FAILED, 1",
    "PASSED SKIPPED FAILED, 1"
  })
  void exitsWith0OnlyIfOneHeldAndNoneFailed(String outcomes, int exitCode) {
    assertThat(
            Result.exitCode(
                Arrays.stream(outcomes.split(" "))
                    .map(Outcome::valueOf)
                    .map(ResultTest::result)
                    .toList()))
        .isEqualTo(exitCode);
  }

  @Test
  void nothingPlayedIsNoSuccess() {
    assertThat(Result.exitCode(List.of())).isEqualTo(1);
  }

  @Test
  void saysHowManyPromisesHold() {
    // When
    Result result =
        Result.of(
            "l",
            TIME,
            List.of(),
            new Verification(Outcome.PASSED, List.of(), List.of(HOLDS, HOLDS, SKIPPED, HOLDS)));

    // Then
    assertThat(result.line()).isEqualTo("l passed in 34 s: 3 promises hold, 1 skipped");
  }

  @Test
  void aCommandThatFailsFailsTheLessonThoughItsPromisesHold() {
    // When
    Result result =
        Result.of(
            "l",
            TIME,
            List.of("`x` failed"),
            new Verification(Outcome.PASSED, List.of(), List.of(HOLDS)));

    // Then
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.line()).isEqualTo("l failed in 34 s: `x` failed");
  }

  @Test
  void brokenPromisesAreNamedAfterTheCommandsThatFailed() {
    // When
    Result result =
        Result.of(
            "l",
            TIME,
            List.of("`x` failed"),
            new Verification(Outcome.FAILED, List.of("promise 2: y"), List.of(HOLDS)));

    // Then
    assertThat(result.line()).isEqualTo("l failed in 34 s: `x` failed; promise 2: y");
  }

  @Test
  void aCommandThatFailedIsNotHiddenByASkippedVerification() {
    // When
    Result result =
        Result.of(
            "l",
            TIME,
            List.of("`x` failed"),
            new Verification(Outcome.SKIPPED, List.of("no kubeadm"), List.of(SKIPPED)));

    // Then
    assertThat(result.line()).isEqualTo("l failed in 34 s: `x` failed");
  }

  @Test
  void whatWasSkippedSaysWhy() {
    assertThat(Result.skipped("l", TIME, "too old").line()).isEqualTo("l skipped: too old");
  }
}
