package io.podlab.kit.http;

import static io.podlab.kit.http.Representation.EVENTS;
import static io.podlab.kit.http.Representation.HTML;
import static io.podlab.kit.http.Representation.JSON;
import static io.podlab.kit.http.Representation.OPEN_METRICS;
import static io.podlab.kit.http.Representation.TEXT;
import static io.podlab.kit.http.Representation.YAML;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepresentationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      textBlock =
          """
          none                                                                       | TEXT
          ''                                                                         | TEXT
          ,                                                                          | TEXT
          garbage                                                                    | TEXT
          */*                                                                        | TEXT
          text/*                                                                     | TEXT
          text/plain                                                                 | TEXT
          application/json                                                           | JSON
          application/*                                                              | JSON
          application/problem+json                                                   | JSON
          application/json;q=0.5                                                     | JSON
          text/plain;q=0.1,application/json                                          | JSON
          application/xml                                                            | none
          image/png                                                                  | none
          application/xml, */*;q=0.1                                                 | TEXT
          text/html                                                                  | HTML
          text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8            | HTML
          text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | HTML
          text/html;q=0.5, application/json;q=0.4                                    | HTML
          application/json, text/html;q=0.9                                          | JSON
          text/plain, text/html;q=0.9                                                | TEXT
          text/html,garbage                                                          | TEXT
          application/json;q=0                                                       | none
          application/json;q=0.0, text/html;q=0.1                                    | HTML
          text/event-stream                                                          | EVENTS
          text/event-stream, */*;q=0.1                                               | EVENTS
          """)
  void isTheOneThatTheClientPrefers(String accept, Representation chosen) {
    assertThat(Representation.choose(List.of(TEXT, JSON, HTML, EVENTS), accept).orElse(null))
        .isEqualTo(chosen);
  }

  @ParameterizedTest
  @CsvSource({
    "*/*, TEXT",
    "application/json, JSON",
    "application/*, JSON",
    "application/yaml, YAML",
    "'application/yaml, */*;q=0.1', YAML",
  })
  void isYamlOnlyForAClientThatNamesIt(String accept, Representation chosen) {
    assertThat(Representation.choose(List.of(TEXT, JSON, YAML), accept)).contains(chosen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                               | TEXT
          text/plain                                                        | TEXT
          text/html,*/*;q=0.8                                               | TEXT
          application/openmetrics-text                                      | OPEN_METRICS
          application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2 | OPEN_METRICS
          """)
  void isOpenMetricsForAClientThatNamesIt(String accept, Representation chosen) {
    assertThat(Representation.choose(List.of(TEXT, OPEN_METRICS), accept)).contains(chosen);
  }
}
