package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultTest {
  private static final Duration TIME = Duration.ofMillis(34_900);

  private static Result result(Outcome outcome) {
    return new Result("l", outcome, TIME, List.of(), 1, 0);
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
        Result.of("l", TIME, List.of(), new Verification(Outcome.PASSED, List.of(), 3, 1));

    // Then
    assertThat(result.line()).isEqualTo("l passed in 34 s: 3 promises hold, 1 skipped");
  }

  @Test
  void aCommandThatFailsFailsTheLessonThoughItsPromisesHold() {
    // When
    Result result =
        Result.of(
            "l", TIME, List.of("`x` failed"), new Verification(Outcome.PASSED, List.of(), 3, 0));

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
            new Verification(Outcome.FAILED, List.of("promise 2: y"), 1, 0));

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
            new Verification(Outcome.SKIPPED, List.of("no kubeadm"), 0, 1));

    // Then
    assertThat(result.line()).isEqualTo("l failed in 34 s: `x` failed");
  }

  @Test
  void whatWasSkippedSaysWhy() {
    assertThat(Result.skipped("l", TIME, "too old").line()).isEqualTo("l skipped: too old");
  }
}
