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

  /** By the OpenTelemetry specification of SDK environment variables. */
  @Test
  void durationsAreMilliseconds() {
    assertThat(
            TraceSettings.of(
                Map.of(
                    "OTEL_BSP_SCHEDULE_DELAY", "5000",
                    "OTEL_EXPORTER_OTLP_TIMEOUT", "10s",
                    "OTEL_BSP_MAX_QUEUE_SIZE", "2048")))
        .containsOnly(
            Map.entry("quarkus.otel.bsp.schedule.delay", "5000ms"),
            Map.entry("quarkus.otel.exporter.otlp.timeout", "10s"),
            Map.entry("quarkus.otel.bsp.max.queue.size", "2048"));
  }

  @Test
  void anEmptyVariableCountsAsUnset() {
    assertThat(TraceSettings.of(Map.of("OTEL_SERVICE_NAME", ""))).isEmpty();
  }
}
