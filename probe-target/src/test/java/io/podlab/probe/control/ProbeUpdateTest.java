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
          fial                              | 'fial' at character 1 is not a state
          ok:10s,ok:-1s,fail                | '-1s' at character 11 is too short
          {                                 | character 2
          {"failNext": 3} x                 | character 17
          {"failNext": 3, "failNext": 4}    | character 27
          {"failNext": 3}{}                 | character 16
          {"failNext": 3} 5                 | character 17
          {"schedule": "ok                  | character 17
          {"schedule": "a\\x"}              | character 17
          {"failNext": 3x}                  | character 15
          {}                                | the object is empty
          {"schedule": null}                | the object is empty
          {"failNext": null}                | the object is empty
          {"fail": 3}                       | unknown field
          {"schedule": 3}                   | '3' at character 1 is not a state
          {"schedule": ["ok"]}              | schedule is not a string
          {"schedule": "ok:3"}              | '3' at character 4 is not a duration
          {"failNext": "3"}                 | not a valid number
          {"failNext": 1.5}                 | not a valid number
          {"failNext": -1}                  | not a valid number
          {"failNext": 1000001}             | not a valid number
          {"failNext": 99999999999999}      | not a valid number
          [3]                               | '[3]' at character 1 is not a state
          """)
  void namesTheError(String body, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> parse(body))
        .withMessageContaining(why);
  }

  @Test
  void isNotLargerThanFourKibibytes() {
    // Given
    String justFits = "ok" + " ".repeat(ProbeUpdate.LONGEST - 2);

    // Then
    assertThat(parse(justFits).schedule()).isPresent();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> parse(justFits + " "))
        .withMessageContaining("at most 4096 bytes");
  }
}
