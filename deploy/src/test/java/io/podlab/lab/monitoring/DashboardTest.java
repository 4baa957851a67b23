package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.monitoring.Dashboard.Query;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for all dashboards that no schema contains. */
class DashboardTest {
  private static final String SELECTED = "namespace=~\"$namespace\",pod=~\"$pod\"";

  static List<Dashboard> all() {
    return Dashboard.all();
  }

  @Test
  void thereIsAnOverviewAndOneForEachService() {
    assertThat(Dashboard.all().stream().map(Dashboard::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("overview"), Arrays.stream(Service.values()).map(Service::title))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theUidIsThatOfTheFileSoThatLinksStay(Dashboard dashboard) {
    assertThat(dashboard.json().path("uid").asText()).isEqualTo("podlab-" + dashboard.name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theVariablesAreTheSameEverywhereAndWorkWithoutTheLabels(Dashboard dashboard) {
    assertThat(dashboard.variables().stream().map(one -> one.path("name").asText()))
        .containsExactly("datasource", "namespace", "pod");
    assertThat(dashboard.variables().subList(1, 3))
        .allSatisfy(
            variable -> {
              assertThat(variable.path("query").asText())
                  .startsWith("label_values(")
                  .endsWith(", " + variable.path("name").asText() + ")");
              // `.*` also matches an absent label, as on a laptop.
              assertThat(variable.path("includeAll").asBoolean()).isTrue();
              assertThat(variable.path("allValue").asText()).isEqualTo(".*");
              assertThat(variable.at("/current/value/0").asText()).isEqualTo("$__all");
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void noDataSourceIsNamed(Dashboard dashboard) {
    assertThat(dashboard.json().findValues("datasource"))
        .isNotEmpty()
        .allSatisfy(
            datasource -> assertThat(datasource.path("uid").asText()).isEqualTo("${datasource}"));
    assertThat(
            Stream.of(dashboard.annotations(), dashboard.variables().subList(1, 3))
                .flatMap(List::stream))
        .allMatch(one -> one.has("datasource"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachPanelTeaches(Dashboard dashboard) {
    assertThat(dashboard.panels().stream().map(panel -> panel.path("title").asText()))
        .doesNotContain("")
        .doesNotHaveDuplicates();
    for (JsonNode panel : dashboard.panels()) {
      assertThat(panel.path("description").asText())
          .as(panel.path("title").asText())
          .hasSizeGreaterThan(60)
          .endsWith(".");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachPanelWithDataSaysWhatItsValuesMean(Dashboard dashboard) {
    for (JsonNode panel : dashboard.panels()) {
      if (panel.path("type").asText().equals("text")) {
        continue;
      }
      String title = panel.path("title").asText();
      JsonNode defaults = panel.at("/fieldConfig/defaults");
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      assertThat(panel.has("datasource")).as(title).isTrue();
      assertThat(defaults.path("unit").asText()).as(title).isNotEmpty();
      switch (panel.path("type").asText()) {
        case "state-timeline" -> assertThat(defaults.path("mappings")).as(title).isNotEmpty();
        case "stat" -> assertThat(defaults.path("thresholds")).as(title).isNotEmpty();
        case "heatmap" ->
            assertThat(panel.at("/options/yAxis/unit").asText()).as(title).isNotEmpty();
        default -> assertThat(panel.path("type").asText()).as(title).isEqualTo("timeseries");
      }
    }
  }

  /** A bar or a cell counts what happened within its 20 seconds; a line shows each scrape. */
  @ParameterizedTest
  @MethodSource("all")
  void eachPanelHasTheStepThatItsKindNeeds(Dashboard dashboard) {
    for (JsonNode panel : dashboard.panels()) {
      JsonNode defaults = panel.at("/fieldConfig/defaults");
      boolean counts =
          panel.path("type").asText().equals("heatmap")
              || defaults.at("/custom/drawStyle").asText().equals("bars");
      if (counts) {
        assertThat(panel.path("interval").asText())
            .as(panel.path("title").asText())
            .isEqualTo("20s");
        assertThat(defaults.path("decimals").asInt(-1)).as(panel.path("title").asText()).isZero();
      } else {
        assertThat(panel.path("targets"))
            .as(panel.path("title").asText())
            .allMatch(target -> target.path("interval").asText().equals("5s"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachQueryIsOfTheSelectedPods(Dashboard dashboard) {
    assertThat(dashboard.queries())
        .filteredOn(query -> query.kind() != Query.Kind.VARIABLE)
        .allSatisfy(
            query ->
                assertThat(count(query, "{"))
                    .as(query.where())
                    .isPositive()
                    .isEqualTo(count(query, SELECTED + "}")));
  }

  private static int count(Query query, String part) {
    return query.expression().split(Pattern.quote(part), -1).length - 1;
  }

  @ParameterizedTest
  @MethodSource("all")
  void startsAreMarked(Dashboard dashboard) {
    assertThat(dashboard.annotations())
        .extracting(annotation -> annotation.path("name").asText())
        .contains("Starts and restarts");
  }

  @ParameterizedTest
  @MethodSource("all")
  void noPanelLiesOverAnother(Dashboard dashboard) {
    Set<List<Integer>> taken = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.panels()) {
      assertThat(ids.add(panel.path("id").asInt())).as(panel.path("title").asText()).isTrue();
      JsonNode at = panel.path("gridPos");
      for (int x = at.path("x").asInt(); x < at.path("x").asInt() + at.path("w").asInt(); x++) {
        for (int y = at.path("y").asInt(); y < at.path("y").asInt() + at.path("h").asInt(); y++) {
          assertThat(x).isLessThan(24);
          assertThat(taken.add(List.of(x, y))).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void theClusterGetsEachAsAConfigMapOfItsOwn() throws IOException {
    // When
    JsonNode kustomization =
        new YAMLMapper().readTree(Dashboard.GRAFANA.resolve("kustomization.yaml").toFile());

    // Then
    assertThat(kustomization.at("/generatorOptions/labels/grafana_dashboard").asText())
        .isEqualTo("1");
    assertThat(kustomization.path("configMapGenerator"))
        .extracting(map -> map.path("name").asText() + " " + map.path("files").path(0).asText())
        .containsExactlyInAnyOrderElementsOf(
            Dashboard.all().stream()
                .map(one -> "podlab-dashboard-%1$s dashboards/%1$s.json".formatted(one.name()))
                .toList());
  }

  @Test
  void grafanaFindsTheFilesAndPrometheusByVariables() throws IOException {
    // Given
    YAMLMapper yaml = new YAMLMapper();
    Path provisioning = Dashboard.GRAFANA.resolve("provisioning");

    // When
    JsonNode provider = yaml.readTree(provisioning.resolve("dashboards/podlab.yaml").toFile());
    JsonNode source = yaml.readTree(provisioning.resolve("datasources/podlab.yaml").toFile());

    // Then
    assertThat(provider.at("/providers/0/options/path").asText()).isEqualTo("${PODLAB_DASHBOARDS}");
    assertThat(source.at("/datasources/0/url").asText()).isEqualTo("${PODLAB_PROMETHEUS}");
    assertThat(source.at("/datasources/0").has("uid")).isFalse();
  }
}
