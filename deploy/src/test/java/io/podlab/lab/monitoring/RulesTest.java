package io.podlab.lab.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules, the scrape configurations, and their copies for the operator. */
class RulesTest {
  private static final Path FOLDER = RunningServices.ROOT.resolve("deploy/monitoring/prometheus");

  private static final List<String> ALERTS =
      List.of(
          "PodlabDown",
          "PodlabProbeFailing",
          "PodlabConfigRejected",
          "PodlabConfigStale",
          "PodlabTokenExpiringSoon",
          "PodlabCaExpiring",
          "PodlabRequestsFailing",
          "PodlabBoardBlind");

  private static JsonNode yaml(String file) throws Exception {
    return new YAMLMapper().readTree(FOLDER.resolve(file).toFile());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Stream<JsonNode> rules() throws Exception {
    return elements(yaml("rules/podlab.yml").path("groups").path(0).path("rules"));
  }

  static List<String> alerts() {
    return ALERTS;
  }

  @Test
  void thereIsEachAlert() throws Exception {
    assertThat(rules().filter(rule -> rule.has("alert")).map(rule -> rule.path("alert").asText()))
        .containsExactlyElementsOf(ALERTS);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void anAlertSaysWhatHappenedAndWhatToDo(String name) throws Exception {
    JsonNode alert =
        rules().filter(rule -> rule.path("alert").asText().equals(name)).findFirst().orElseThrow();
    assertThat(alert.at("/annotations/summary").asText()).hasSizeBetween(15, 120);
    assertThat(alert.at("/annotations/description").asText()).hasSizeGreaterThan(150);
    assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    assertThat(alert.has("for")).isEqualTo(!name.equals("PodlabTokenExpiringSoon"));
  }

  /** No alert before the fault and before its time, then the alert, then no alert. */
  @ParameterizedTest
  @MethodSource("alerts")
  void aUnitTestShowsThatAnAlertDoesNotFireThenFiresAndIsResolved(String name) throws Exception {
    // When
    List<Boolean> fires = new ArrayList<>();
    elements(yaml("test/podlab_test.yml").path("tests"))
        .flatMap(test -> elements(test.path("alert_rule_test")))
        .filter(one -> one.path("alertname").asText().equals(name))
        .forEach(one -> fires.add(!one.path("exp_alerts").isEmpty()));

    // Then
    assertThat(fires).containsExactly(false, false, true, false);
  }

  @Test
  void promtoolsUnitTestsPass() throws Exception {
    promtool("test", "rules", FOLDER.resolve("test/podlab_test.yml").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = "laptop.yml")
  void promtoolAcceptsTheConfiguration(String file) throws Exception {
    promtool("check", "config", FOLDER.resolve(file).toString());
  }

  private static void promtool(String... arguments) throws Exception {
    assumeThat(SearchPath.ofThisProcess().find("promtool")).as("promtool").isPresent();
    Command.Result result = Command.of("promtool").with(arguments).run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void theLaptopHasAJobForEachServiceAndForABoardThatWatchesACluster() throws Exception {
    assertThat(
            elements(yaml("laptop.yml").path("scrape_configs"))
                .map(
                    job ->
                        job.path("job_name").asText()
                            + " "
                            + job.at("/static_configs/0/targets/0").asText()))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of(Service.values())
                        .map(service -> service.title() + " 127.0.0.1:" + service.localPort()),
                    Stream.of("cluster-board 127.0.0.1:8085"))
                .toList());
  }

  @Test
  void theOperatorHasAServiceMonitorForEachService() throws Exception {
    try (MappingIterator<JsonNode> monitors =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .readValues(FOLDER.resolve("operator/servicemonitors.yaml").toFile())) {
      assertThat(monitors.readAll())
          .extracting(
              one -> one.at("/spec/selector/matchLabels").path("app.kubernetes.io/name").asText())
          .containsExactlyElementsOf(Stream.of(Service.values()).map(Service::title).toList());
    }
  }

  @Test
  void theOperatorHasTheSameRules() throws Exception {
    assertThat(yaml("operator/prometheusrule.yaml").at("/spec/groups"))
        .as("operator/prometheusrule.yaml is out of date: copy the groups of rules/podlab.yml")
        .isEqualTo(yaml("rules/podlab.yml").path("groups"));
  }
}
