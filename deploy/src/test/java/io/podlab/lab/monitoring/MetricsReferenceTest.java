package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.monitoring.MetricsReference.Entry;
import io.podlab.lab.project.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
  private static final Exposition EXPOSED =
      Exposition.parse(
          """
          # HELP lab_lag_seconds How late
          # TYPE lab_lag_seconds histogram
          lab_lag_seconds_bucket{source="a",le="1.0",} 0.0
          lab_lag_seconds_bucket{source="a",le="+Inf",} 0.0
          lab_lag_seconds_count{source="a",} 0.0
          lab_lag_seconds_sum{source="a",} 0.0
          # HELP lab_lag_seconds_max How late
          # TYPE lab_lag_seconds_max gauge
          lab_lag_seconds_max{source="a",} 0.0
          # HELP lab_things_total Things
          # TYPE lab_things_total counter
          lab_things_total 3.0
          # TYPE jvm_info gauge
          jvm_info{vendor="a \\"b\\"",} 1.0
          """);

  private static final Map<String, Entry> ENTRIES =
      Map.of(
          "lab_lag_seconds", new Entry("How late", "a or b"),
          "lab_things_total", new Entry("Things", "rate(lab_things_total{x=~\"a|b\"}[1m])"));

  private static String page(Map<String, Entry> entries) {
    return MetricsReference.page(Map.of(Service.BOARD, EXPOSED.ours()), entries);
  }

  @Test
  void joinsTheExposedMetricsWithTheEntries() {
    assertThat(page(ENTRIES))
        .contains(
            "## board",
            "| `lab_lag_seconds` | histogram | seconds | `source` | How late | `a or b` |",
            "| `lab_things_total` | counter | none | none | Things | `rate(lab_things_total{x=~\"a\\|b\"}[1m])` |")
        .doesNotContain("jvm_info");
  }

  @Test
  void countsEachSeries() {
    assertThat(EXPOSED.series()).isEqualTo(7);
  }

  @Test
  void failsForAMetricWithoutAnEntry() {
    Map<String, Entry> one = Map.of("lab_lag_seconds", ENTRIES.get("lab_lag_seconds"));
    assertThatThrownBy(() -> page(one))
        .hasMessage("lab_things_total is exposed but missing in docs/metrics.yml");
  }

  @Test
  void failsForAnEntryWithoutAMetric() {
    Map<String, Entry> three =
        Map.of(
            "lab_lag_seconds", ENTRIES.get("lab_lag_seconds"),
            "lab_things_total", ENTRIES.get("lab_things_total"),
            "lab_gone", ENTRIES.get("lab_things_total"));
    assertThatThrownBy(() -> page(three))
        .hasMessage("lab_gone is in docs/metrics.yml but no service exposes it");
  }
}
