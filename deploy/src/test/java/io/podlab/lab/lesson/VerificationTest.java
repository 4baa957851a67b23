package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.podlab.lab.record.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest {
  private static Verification of(String output, int exitCode) {
    return Verification.of(
        Arrays.stream(output.split(";")).map(String::strip).map(TapLine::of).toList(), exitCode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1..2; ok 1 - a (seen); ok 2 - b (seen)         | 0 | PASSED  |
          ok 1 - a; ok 2 - b; 1..2                       | 0 | PASSED  |
          # comment; 1..1; whatever; ok                  | 0 | PASSED  |
          1..2; ok 1 - a; ok 2 - b # SKIP no metrics     | 0 | PASSED  |
          1..2; ok 1 - a; not ok 2 - b (saw c)           | 1 | FAILED  | promise 2: b (saw c)
          1..2; not ok - a; not ok - b                   | 1 | FAILED  | promise 1: a; promise 2: b
          1..2; not ok 1 - a; ok 2 - b                   | 0 | FAILED  | promise 1: a
          1..3; ok 1 - a; ok 2 - b                       | 1 | FAILED  | verify.sh announced 3 promises but reported 2
          1..1; ok 1 - a; ok 2 - b                       | 0 | FAILED  | verify.sh announced 1 promise but reported 2
          ok 1 - a                                       | 0 | FAILED  | verify.sh printed no number of promises; print a line such as 1..3
          ./verify.sh: line 3: syntax error              | 2 | FAILED  | verify.sh printed no number of promises; print a line such as 1..3
          1..1; 1..1; ok 1 - a                           | 0 | FAILED  | verify.sh printed the number of promises more than once
          1..1; ok 1 - a                                 | 1 | FAILED  | verify.sh failed with exit code 1 but reported no broken promise
          Bail out! There is no pod/x: play it first     | 1 | FAILED  | There is no pod/x: play it first
          1..2; not ok 1 - a; Bail out! gone             | 1 | FAILED  | promise 1: a; gone
          1..0                                           | 0 | FAILED  | verify.sh reported no promise
          1..0 # SKIP kubeadm is missing                 | 0 | SKIPPED | kubeadm is missing
          1..0 # skip                                    | 0 | SKIPPED | no reason given
          1..2; ok 1 # SKIP r; ok 2 - b # SKIP r         | 0 | SKIPPED | r
          1..2; ok 1 # SKIP r; not ok 2 - b # SKIP s     | 0 | SKIPPED | r; s
          1..1; ok 1 - a # SKIP r                        | 3 | FAILED  | verify.sh failed with exit code 3 but reported no broken promise
          okay; 1..1; ok 1                               | 0 | PASSED  |
          """)
  void comesToAnOutcomeWithItsReason(String output, int exitCode, Outcome outcome, String reasons) {
    // When
    Verification verification = of(output, exitCode);

    // Then
    assertThat(verification.outcome()).isEqualTo(outcome);
    assertThat(String.join("; ", verification.reasons())).isEqualTo(reasons == null ? "" : reasons);
  }

  @Test
  void keepsThePromises() {
    // When
    Verification verification = of("1..3; ok 1 - a; not ok 2 - b; ok 3 - c # SKIP r", 1);

    // Then
    assertThat(verification.promises())
        .extracting(TapLine.Promise::text, TapLine.Promise::holds)
        .containsExactly(tuple("a", true), tuple("b", false), tuple("c", false));
  }

  @Test
  void keepsThePromisesBeforeATimeout() {
    // When
    Verification verification =
        Verification.late(
            List.of(TapLine.of("1..3"), TapLine.of("ok 1 - a"), TapLine.of("not ok 2 - b")),
            Duration.ofSeconds(9));

    // Then
    assertThat(verification.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(verification.promises()).extracting(TapLine.Promise::text).containsExactly("a", "b");
    assertThat(verification.reasons())
        .containsExactly("promise 2: b", "verify.sh timed out after 9 s");
  }

  @Test
  void aPromiseKeepsWhatWasSeen() {
    assertThat(TapLine.of("ok 1 - restarted after 3 (last words: 3 failed; a - b)"))
        .isInstanceOfSatisfying(
            TapLine.Promise.class,
            promise -> {
              assertThat(promise.number()).hasValue(1);
              assertThat(promise.text())
                  .isEqualTo("restarted after 3 (last words: 3 failed; a - b)");
              assertThat(promise.skipped()).isEmpty();
            });
  }
}
