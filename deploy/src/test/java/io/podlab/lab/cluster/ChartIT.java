package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chart on a real cluster. */
@Tag("cluster")
class ChartIT {
  private static final String NAME = "podlab-it";
  private static final int SECONDS = 180;
  private static final Path KUBECONFIG = Path.of(System.getenv("KUBECONFIG"));

  @Test
  void rendersWhatKustomizeDoes() throws Exception {
    // When
    Map<String, JsonNode> base =
        Chart.objects(RealCluster.run("kubectl", "kustomize", RealCluster.ROOT + "/deploy/base"));
    Map<String, JsonNode> chart = Chart.render("podlab", Map.of());

    // Then: `helm install --create-namespace` makes the namespace.
    base.remove("Namespace /podlab");
    assertThat(chart.keySet()).isEqualTo(base.keySet());
    chart.forEach((key, object) -> assertThat(object).as(key).isEqualTo(base.get(key)));
  }

  @Test
  void installsUpgradesTestsAndLeavesNothing() throws Exception {
    try (RealCluster cluster = RealCluster.withNamespace("chart-it")) {
      Helm.uninstall(NAME)
          .withNamespace(cluster.namespace())
          .withKubeConfig(KUBECONFIG)
          .ignoreNotFound()
          .call();

      // When: all defaults
      Release installed =
          Chart.helm()
              .install()
              .withName(NAME)
              .withNamespace(cluster.namespace())
              .withKubeConfig(KUBECONFIG)
              .waitReady()
              .withTimeout(SECONDS)
              .call();

      // Then
      assertThat(installed.getStatus()).isEqualTo("deployed");
      assertThat(installed.getOutput()).contains("port-forward service/board 8084:8080");
      assertThat(test(cluster).getStatus()).isEqualTo("deployed");

      // When: values of each kind
      Chart.helm()
          .upgrade()
          .withName(NAME)
          .withNamespace(cluster.namespace())
          .withKubeConfig(KUBECONFIG)
          .set("demo-app.replicas", 2)
          .set("demo-app.env[0].name", "LAB_DEMO_MESSAGE")
          .set("demo-app.env[0].value", "from a chart")
          .set("demo-app.podSecurityContext.runAsUser", 65534)
          .set("demo-app.probes.liveness.periodSeconds", 3)
          .set("demo-app.service.type", "NodePort")
          .set("demo-app.ingress.enabled", true)
          .set("demo-app.ingress.host", "demo.example.com")
          .set("board.enabled", false)
          .set("token-service.enabled", false)
          .waitReady()
          .withTimeout(SECONDS)
          .call();

      // Then
      assertThat(new DemoApp(cluster.clusterIp("demo-app")).get("/env")).contains("from a chart");
      assertThat(cluster.readyPods("app.kubernetes.io/name=demo-app")).hasSize(2);
      assertThat(cluster.get("ingress", "demo-app").at("/spec/rules/0/host").asText())
          .isEqualTo("demo.example.com");
      assertThat(cluster.kubectl("get", "deployments", "-o", "name"))
          .contains("configmap-service", "probe-target")
          .doesNotContain("board", "token-service");
      assertThat(test(cluster).getStatus()).isEqualTo("deployed");

      // When
      Helm.uninstall(NAME).withNamespace(cluster.namespace()).withKubeConfig(KUBECONFIG).call();

      // Then
      for (String namespace : new String[] {cluster.namespace(), "kube-system", "kube-public"}) {
        assertThat(
                RealCluster.run(
                    "kubectl",
                    "-n",
                    namespace,
                    "get",
                    "deploy,svc,ingress,role,rolebinding,cm,sa",
                    "-o",
                    "name"))
            .doesNotContain("demo-app", cluster.namespace() + ":token-service");
      }
      assertThat(RealCluster.run("kubectl", "get", "clusterrolebindings", "-o", "name"))
          .doesNotContain(cluster.namespace() + ":token-service");
    }
  }

  private static Release test(RealCluster cluster) {
    return Helm.test(NAME)
        .withNamespace(cluster.namespace())
        .withKubeConfig(KUBECONFIG)
        .withTimeout(SECONDS)
        .call();
  }
}
