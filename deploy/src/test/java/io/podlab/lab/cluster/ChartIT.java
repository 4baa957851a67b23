package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.UpgradeCommand;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The chart on a real cluster. */
@Tag("cluster")
@Isolated("installs the lab, with objects outside its namespace")
class ChartIT {
  private static final String NAME = "podlab-it";
  private static final int SECONDS = 180;
  private static final Path KUBECONFIG =
      Path.of(
          System.getenv()
              .getOrDefault("KUBECONFIG", System.getProperty("user.home") + "/.kube/config"));

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

      // When: OpenShift gives each namespace a user ID of its own, and group 0
      InstallCommand install =
          Chart.helm()
              .install()
              .withName(NAME)
              .withNamespace(cluster.namespace())
              .withKubeConfig(KUBECONFIG)
              .waitReady()
              .withTimeout(SECONDS);
      for (Service service : Service.values()) {
        install.set(service.title() + ".podSecurityContext.runAsUser", 1_000_650_000);
      }
      Release installed = install.call();

      // Then
      assertThat(installed.getStatus()).isEqualTo("deployed");
      assertThat(installed.getOutput()).contains("port-forward service/board 8084:8080");
      assertThat(test(cluster).getStatus()).isEqualTo("deployed");
      assertServicesWork(cluster);

      // When: the user and group that Kubernetes calls nobody
      UpgradeCommand nobody = upgrade(cluster);
      for (Service service : Service.values()) {
        nobody
            .set(service.title() + ".podSecurityContext.runAsUser", 65534)
            .set(service.title() + ".podSecurityContext.runAsGroup", 65534);
      }
      nobody.call();

      // Then
      assertServicesWork(cluster);

      // When: values of each kind
      upgrade(cluster)
          .set("demo-app.replicas", 2)
          .set("demo-app.env[0].name", "LAB_DEMO_MESSAGE")
          .set("demo-app.env[0].value", "from a chart")
          .set("demo-app.probes.liveness.periodSeconds", 3)
          .set("demo-app.service.type", "NodePort")
          .set("demo-app.ingress.enabled", true)
          .set("demo-app.ingress.host", "demo.example.com")
          .set("board.enabled", false)
          .set("token-service.enabled", false)
          .call();

      // Then
      RealCluster.await()
          .untilAsserted(
              () -> assertThat(answer(cluster, "demo-app", "/env")).contains("from a chart"));
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

  private static UpgradeCommand upgrade(RealCluster cluster) {
    return Chart.helm()
        .upgrade()
        .withName(NAME)
        .withNamespace(cluster.namespace())
        .withKubeConfig(KUBECONFIG)
        .resetValues()
        .waitReady()
        .withTimeout(SECONDS);
  }

  private static void assertServicesWork(RealCluster cluster) throws Exception {
    assertThat(answer(cluster, "demo-app", "/")).startsWith("pod demo-app-");
    assertThat(answer(cluster, "probe-target", "/readyz")).isEqualTo("ok");
    assertThat(answer(cluster, "token-service", "/ca/hash")).startsWith("sha256:");
    assertThat(answer(cluster, "configmap-service", "/greeting"))
        .startsWith("Hello from a ConfigMap");
    assertThat(answer(cluster, "board", "/moments")).contains("demo-app");
  }

  private static String answer(RealCluster cluster, String service, String path) throws Exception {
    return new DemoApp(cluster.clusterIp(service)).get(path).strip();
  }

  private static Release test(RealCluster cluster) {
    return Helm.test(NAME)
        .withNamespace(cluster.namespace())
        .withKubeConfig(KUBECONFIG)
        .withTimeout(SECONDS)
        .call();
  }
}
