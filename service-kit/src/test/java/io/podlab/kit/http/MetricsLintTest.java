package io.podlab.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsLintTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "/tokens, /tokens",
    "/tokens/{id}, /tokens/{id}",
    "/files/{path: .+}, /files/{path: .+}",
    "/config/{key: (?!check/?$)[^/]+}, /config/{key}",
    "/tokens/{id: (?!(?:generate|join-command)/?$)[^/]+}/join-command, /tokens/{id}/join-command",
    "/tokens/{id: (?!a)b}, /REFUSED",
    "/a b, /REFUSED",
    "/NOT_FOUND, NOT_FOUND",
  })
  void labelsAPathWithItsTemplate(String uri, String label) {
    // When
    Meter.Id id =
        new MetricsLint()
            .map(new Meter.Id("requests", Tags.of("uri", uri), null, null, Meter.Type.COUNTER));

    // Then
    assertThat(id.getTag("uri")).isEqualTo(label);
  }
}
