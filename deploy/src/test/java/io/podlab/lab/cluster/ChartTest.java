package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.LintResult;
import io.podlab.lab.project.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
  private static final String DEMO_APP = "Deployment podlab/demo-app";
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  @Test
  void passesHelmsLint() {
    LintResult lint = Chart.helm().lint().strict().call();

    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
  }

  @Test
  void hasTheVersionOfTheManifests() throws Exception {
    JsonNode chart = new YAMLMapper().readTree(Chart.FOLDER.resolve("Chart.yaml").toFile());

    assertThat(image(render(Map.of())))
        .isEqualTo("podlab/demo-app:" + chart.path("appVersion").asText());
    assertThat(chart.path("version")).isEqualTo(chart.path("appVersion"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20.0", "1.25.0", "1.36.0"})
  void rendersTheSameForEachKubernetes(String version) {
    assertThat(
            Chart.render(
                Chart.helm().template().withNamespace("podlab").withKubeVersion(version), Map.of()))
        .isEqualTo(render(Map.of()));
  }

  @Test
  void refusesAKubernetesThatIsTooOld() {
    assertThatThrownBy(() -> Chart.helm().template().withKubeVersion("1.19.0").call())
        .hasMessageContaining(">=1.20.0-0");
  }

  @Test
  void movesEverythingToTheNamespaceOfTheRelease() {
    Map<String, JsonNode> objects = Chart.render("class-7", Map.of());

    assertThat(objects)
        .containsKeys(
            "Deployment class-7/demo-app",
            "Role kube-system/class-7:token-service",
            "ClusterRoleBinding /class-7:token-service");
    assertThat(objects.toString())
        .doesNotContain("podlab:token-service", "\"namespace\":\"podlab\"");
    assertThat(
            objects
                .get("RoleBinding kube-system/class-7:token-service")
                .at("/roleRef/name")
                .asText())
        .isEqualTo("class-7:token-service");
    assertThat(objects.get("RoleBinding class-7/board").at("/subjects/0/namespace").asText())
        .isEqualTo("class-7");
  }

  @Test
  void leavesOutADisabledService() {
    for (Service service : Service.values()) {
      Map<String, JsonNode> objects = render(Map.of(service.title() + ".enabled", "false"));

      assertThat(objects.keySet()).noneMatch(key -> key.endsWith(service.title()));
      assertThat(objects).hasSizeGreaterThan(10);
    }
  }

  @Test
  void takesEachValueOfAService() throws Exception {
    // When
    Map<String, JsonNode> objects =
        render(
            Map.ofEntries(
                Map.entry("image.registry", "registry.example.com/team"),
                Map.entry("image.tag", "mine"),
                Map.entry("image.pullPolicy", "Always"),
                Map.entry("image.pullSecrets[0].name", "mine"),
                Map.entry("demo-app.replicas", "0"),
                Map.entry("demo-app.resources.limits.memory", "300Mi"),
                Map.entry("demo-app.env[0].name", "LAB_POD_NODE"),
                Map.entry("demo-app.env[0].value", "a-laptop"),
                Map.entry("demo-app.probes.liveness.periodSeconds", "5"),
                Map.entry("demo-app.probes.readiness.exec.command[0]", "true"),
                Map.entry("demo-app.probes.startup.enabled", "false"),
                Map.entry("demo-app.service.type", "NodePort"),
                Map.entry("demo-app.service.nodePort", "30080"),
                Map.entry("demo-app.service.annotations.a", "b"),
                Map.entry("demo-app.podAnnotations.c", "d"),
                Map.entry("demo-app.podLabels.e", "f"),
                Map.entry("demo-app.nodeSelector.disk", "ssd"),
                Map.entry("demo-app.tolerations[0].operator", "Exists"),
                Map.entry("demo-app.affinity.nodeAffinity.x", "y"),
                Map.entry("demo-app.podSecurityContext.runAsUser", "65534"),
                Map.entry("demo-app.securityContext.readOnlyRootFilesystem", "false")));

    // Then
    JsonNode deployment = objects.get(DEMO_APP);
    JsonNode pod = deployment.at("/spec/template/spec");
    JsonNode container = deployment.at(CONTAINER);
    assertThat(image(objects)).isEqualTo("registry.example.com/team/podlab/demo-app:mine");
    assertThat(container.path("imagePullPolicy").asText()).isEqualTo("Always");
    assertThat(pod.at("/imagePullSecrets/0/name").asText()).isEqualTo("mine");
    assertThat(deployment.at("/spec/replicas").asInt(-1)).isZero();
    assertThat(container.path("resources"))
        .isEqualTo(new YAMLMapper().readTree("limits: {memory: 300Mi}"));
    assertThat(container.path("env").findValuesAsText("name"))
        .contains("LAB_POD_IP")
        .containsOnlyOnce("LAB_POD_NODE");
    assertThat(container.path("env").findValuesAsText("value")).containsExactly("a-laptop");
    assertThat(container.at("/livenessProbe/periodSeconds").asInt()).isEqualTo(5);
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
    assertThat(container.at("/readinessProbe").has("httpGet")).isFalse();
    assertThat(container.at("/readinessProbe/exec/command/0").asText()).isEqualTo("true");
    assertThat(container.has("startupProbe")).isFalse();
    JsonNode service = objects.get("Service podlab/demo-app");
    assertThat(service.at("/spec/type").asText()).isEqualTo("NodePort");
    assertThat(service.at("/spec/ports/0/nodePort").asInt()).isEqualTo(30080);
    assertThat(service.at("/metadata/annotations/a").asText()).isEqualTo("b");
    assertThat(deployment.at("/spec/template/metadata/annotations/c").asText()).isEqualTo("d");
    assertThat(deployment.at("/spec/template/metadata/annotations").has("prometheus.io/port"))
        .isTrue();
    assertThat(deployment.at("/spec/template/metadata/labels/e").asText()).isEqualTo("f");
    assertThat(pod.at("/nodeSelector/disk").asText()).isEqualTo("ssd");
    assertThat(pod.at("/tolerations/0/operator").asText()).isEqualTo("Exists");
    assertThat(pod.at("/affinity/nodeAffinity/x").asText()).isEqualTo("y");
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(65534);
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean(true)).isFalse();
    // The others stay as they are.
    assertThat(objects.get("Deployment podlab/board").at("/spec").has("replicas")).isFalse();
  }

  @Test
  void takesAnotherImageForOneService() {
    assertThat(image(render(Map.of("demo-app.image", "example.com/mine:1"))))
        .isEqualTo("example.com/mine:1");
  }

  @Test
  void addsAnIngressAndAServiceMonitor() {
    // When
    Map<String, JsonNode> objects =
        render(
            Map.of(
                "board.ingress.enabled", "true",
                "board.ingress.host", "board.example.com",
                "board.ingress.className", "nginx",
                "board.ingress.tlsSecret", "board-tls",
                "board.serviceMonitor.enabled", "true",
                "board.serviceMonitor.labels.release", "prometheus"));

    // Then
    JsonNode ingress = objects.get("Ingress podlab/board");
    assertThat(ingress.at("/spec/rules/0/host").asText()).isEqualTo("board.example.com");
    assertThat(ingress.at("/spec/rules/0/http/paths/0/backend/service/name").asText())
        .isEqualTo("board");
    assertThat(ingress.at("/spec/tls/0/hosts/0").asText()).isEqualTo("board.example.com");
    JsonNode monitor = objects.get("ServiceMonitor podlab/board");
    assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    JsonNode labels = monitor.at("/spec/selector/matchLabels");
    assertThat(labels.properties())
        .isNotEmpty()
        .allMatch(
            label ->
                objects
                    .get("Service podlab/board")
                    .at("/metadata/labels")
                    .path(label.getKey())
                    .equals(label.getValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "demo-ap.enabled, true, demo-ap",
    "demo-app.replica, 2, replica",
    "demo-app.replicas, -1, /demo-app/replicas",
    "demo-app.probes.liveness.periodSecond, 5, periodSecond",
    "demo-app.service.type, Cluster, /demo-app/service/type",
    "demo-app.service.nodePort, 30080, /demo-app/service/type",
    "image.pullPolicy, always, /image/pullPolicy",
    "board.ingress.path, board, /board/ingress/path"
  })
  void refusesAValueThatItDoesNotKnow(String name, String value, String field) {
    assertThatThrownBy(() -> render(Map.of(name, value))).hasMessageContaining(field);
  }

  private static Map<String, JsonNode> render(Map<String, String> values) {
    return Chart.render("podlab", values);
  }

  private static String image(Map<String, JsonNode> objects) {
    return objects.get(DEMO_APP).at(CONTAINER + "/image").asText();
  }
}
