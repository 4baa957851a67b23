package io.podlab.kit.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSettingsTest {
  @Test
  void areOnlyTheStandardVariables() {
    assertThat(
            TraceSettings.of(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317", "LAB_X", "y")))
        .containsExactly(Map.entry("quarkus.otel.exporter.otlp.endpoint", "http://collector:4317"));
  }
}
