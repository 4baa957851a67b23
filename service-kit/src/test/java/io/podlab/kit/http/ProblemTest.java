package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                                                | false
          */*                                                 | false
          text/plain                                          | false
          text/html,application/xhtml+xml,*/*;q=0.8           | false
          application/json                                    | true
          application/problem+json                            | true
          application/vnd.api+json                            | true
          application/json;q=0.5, text/plain                  | false
          text/plain;q=0.5, application/json                  | true
          application/xml, application/json;q=0.9, */*;q=0.1  | true
          application/xml                                     | false
          """)
  void isJsonForAClientThatPrefersJsonToText(String accept, boolean json) {
    assertThat(Problem.asJson(accept)).isEqualTo(json);
  }

  @Test
  void isOneLineOfText() {
    // Given
    Problem problem = Problem.badField("ttl", "'-1s' is negative", "at least 1s");

    // When
    String text = problem.plainText();

    // Then
    assertThat(text).isEqualTo("400 Bad Request: ttl: '-1s' is negative; use at least 1s\n");
  }

  @Test
  void omitsFieldsThatAreNull() {
    // Given
    Problem problem = Problem.of(409, "it exists");

    // When
    String text = problem.plainText();

    // Then
    assertThat(text).isEqualTo("409 Conflict: it exists\n");
  }

  @Test
  void hasATitleForAnUnknownStatus() {
    assertThat(Problem.of(599, "strange").title()).isEqualTo("Error");
  }
}
