package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain directory in a pod whose user is not root. */
@Tag("cluster")
class ConfigDirectoryIT {
  private static final String POD = "directory";
  private static final String KEYS = "/var/lib/podlab/configmap-service/config/";

  private static RealCluster cluster;
  private static ConfigService service;

  @BeforeAll
  static void apply(@TempDir Path temporary) throws Exception {
    cluster = RealCluster.withNamespace("config-directory-test");
    Path manifest =
        Files.writeString(
            temporary.resolve("pod.yaml"),
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: directory}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: configmap-service
                image: podlab/configmap-service:1.0.0
                imagePullPolicy: IfNotPresent
                resources: {limits: {memory: 256Mi}}
            """);
    cluster.kubectl("apply", "-f", manifest.toString());
    cluster.kubectl("wait", "--for=condition=Ready", "pod/" + POD, "--timeout=5m");
    service = new ConfigService("http://" + cluster.podIp(POD) + ":8080");
    RealCluster.await().until(() -> service.readiness() == 200);
    exec("echo 1s >" + KEYS + "refresh");
  }

  @AfterAll
  static void leaveNothing() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void exec(String script) throws Exception {
    cluster.kubectl("exec", POD, "--", "sh", "-c", script);
  }

  @Test
  void comesBackWhenItsPermissionsDo() throws Exception {
    for (String what : new String[] {KEYS + "greeting", KEYS}) {
      // Given
      exec("echo Readable >" + KEYS + "greeting");
      RealCluster.await().until(() -> service.greeting().equals("Readable"));

      // When
      exec("chmod 000 " + what);
      RealCluster.await().until(() -> service.config().path("stale").asBoolean());

      // Then
      assertThat(service.greeting()).isEqualTo("Readable");
      assertThat(service.readiness()).isEqualTo(503);
      assertThat(service.config().path("unreadable").path("why").asText())
          .startsWith("no permission for " + Path.of(what));
      exec("chmod 700 " + what + "; echo Readable again >" + KEYS + "greeting");
      RealCluster.await().until(() -> service.greeting().equals("Readable again"));
      RealCluster.await().until(() -> service.readiness() == 200);
    }
  }

  @Test
  void readsAgainOnSighup() throws Exception {
    // When: as README.md says.
    cluster.kubectl("exec", POD, "--", "kill", "-HUP", "1");

    // Then
    RealCluster.await().until(() -> cluster.kubectl("logs", POD).contains("SIGHUP received"));
  }
}
