package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboards are valid by Grafana's published schemas. Skipped without the schemas. */
class DashboardSchemaTest {
  private final GrafanaSchemas schemas = GrafanaSchemas.orSkip();

  static List<Dashboard> all() {
    return Dashboard.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void theDashboardFollowsTheSchemas(Dashboard dashboard) {
    assertThat(schemas.problems(dashboard)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/refresh",
        "/links/0/keepTime",
        "/templating/list/1/includeAll",
        "/annotations/list/0/iconColor",
        "/panels/1/description",
        "/panels/1/gridPos/w",
        "/panels/1/options/rowHeight",
        "/panels/1/fieldConfig/defaults/mappings",
        "/panels/1/fieldConfig/defaults/custom/fillOpacity",
        "/panels/1/targets/0/legendFormat",
        "/panels/5/options/color/scheme",
        "/panels/5/options/yAxis/unit"
      })
  void aMisspeltFieldFails(String place) {
    // Given
    Dashboard dashboard = named("probe-target");
    int slash = place.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) dashboard.json().at(place.substring(0, slash));
    String field = place.substring(slash + 1);
    assertThat(parent.has(field)).as(place).isTrue();

    // When
    parent.set(field + "s", parent.remove(field));

    // Then
    assertThat(schemas.problems(dashboard)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/panels/2/fieldConfig/defaults", "/panels/5/options/yAxis"})
  void aMisspeltUnitFails(String place) {
    // Given
    Dashboard dashboard = named("probe-target");
    JsonNode parent = dashboard.json().at(place);
    assertThat(parent.has("unit")).as(place).isTrue();

    // When
    ((ObjectNode) parent).put("unit", "seconds");

    // Then
    assertThat(schemas.problems(dashboard)).hasSize(1).first().asString().contains("not a unit");
  }

  private static Dashboard named(String name) {
    return Dashboard.all().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
