package io.podlab.probe.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.podlab.kit.http.ProblemException;
import io.podlab.probe.schedule.Schedule;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeUpdateTest {
  private static ProbeUpdate parse(String body) {
    return ProbeUpdate.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          fail:30s,ok                               | fail:30s,ok |
          ` fail `                                  | fail        |
          {"schedule": "ok:1s,fail"}                | ok:1s,fail  |
          {"failNext": 3}                           |             | 3
          {"failNext": 0}                           |             | 0
          {"failNext": 1000000}                     |             | 1000000
          {"failNext": 2, "schedule": "drop"}       | drop        | 2
          """)
  void isAScheduleOrJson(String body, String schedule, Integer failNext) {
    // When
    ProbeUpdate update = parse(body);

    // Then
    assertThat(update.schedule()).isEqualTo(Optional.ofNullable(schedule).map(Schedule::parse));
    assertThat(update.failNext()).isEqualTo(Optional.ofNullable(failNext));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                | it is empty
          fial                              | character 1: "fial" is not a state; use ok, fail, hang or drop
          ok:10s,ok:-1s,fail                | character 11: "-1s" is too short; a state holds for at least 1ms
          {                                 | it is not JSON, from character 2
          {"failNext": 3} x                 | it is not JSON, from character 17
          {"failNext": 3, "failNext": 4}    | it is not JSON, from character 27
          {"failNext": 3}{}                 | it is not JSON, from character 16
          {"failNext": 3} 5                 | it is not JSON, from character 17
          {"schedule": "ok                  | it is not JSON, from character 17
          {"schedule": "a\\x"}              | it is not JSON, from character 17
          {"failNext": 3x}                  | it is not JSON, from character 15
          {}                                | set schedule or failNext
          {"schedule": null}                | set schedule or failNext
          {"failNext": null}                | set schedule or failNext
          {"fail": 3}                       | it has a field other than schedule and failNext
          {"schedule": 3}                   | character 1: "3" is not a state; use ok, fail, hang or drop
          {"schedule": ["ok"]}              | schedule is not a string
          {"schedule": "ok:3"}              | character 4: "3" is not a duration; use Go syntax such as 500ms, 10s or 1m30s
          {"failNext": "3"}                 | it is not a whole number within its bounds
          {"failNext": 1.5}                 | it is not a whole number within its bounds
          {"failNext": -1}                  | it is not a whole number within its bounds
          {"failNext": 1000001}             | it is not a whole number within its bounds
          {"failNext": 99999999999999}      | it is not a whole number within its bounds
          [3]                               | character 1: "[3]" is not a state; use ok, fail, hang or drop
          """)
  void saysWhatIsWrong(String body, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> parse(body))
        .withMessage(why);
  }

  @Test
  void isNotLongerThanFourKibibytes() {
    // Given
    String justFits = "ok" + " ".repeat(ProbeUpdate.LONGEST - 2);

    // Then
    assertThat(parse(justFits).schedule()).isPresent();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> parse(justFits + " "))
        .withMessage("the body is longer than 4096 bytes");
  }
}
