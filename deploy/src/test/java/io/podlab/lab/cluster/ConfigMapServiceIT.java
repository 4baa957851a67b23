package io.podlab.lab.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podlab.lab.process.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated Deployment, which reads one ConfigMap in five ways. */
@Tag("cluster")
@Isolated("stops the API server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfigMapServiceIT {
  private static final String NAME = "configmap-service";
  private static final String FIRST = "Hello from a ConfigMap";
  private static final String ACCOUNT = "system:serviceaccount:configmap-service-test:" + NAME;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RealCluster cluster;
  private static ConfigService service;
  private static String pod;

  @TempDir static Path manifests;
  @TempDir Path temporary;

  @BeforeAll
  static void apply() throws Exception {
    cluster = RealCluster.withNamespace("configmap-service-test");
    String manifest =
        Files.readString(RealCluster.ROOT.resolve("deploy/generated/configmap-service.yml"));
    String on = manifest.replaceFirst("(LAB_CONFIG_ROLLBACK\\s+value:) \"off\"", "$1 \"on\"");
    assertThat(on).isNotEqualTo(manifest);
    Path file = Files.writeString(manifests.resolve("configmap-service.yml"), on);
    cluster.kubectl("apply", "-f", file.toString());
    RealCluster.await()
        .until(() -> cluster.readyPods("app.kubernetes.io/name=" + NAME).size() == 1);
    pod = cluster.readyPods("app.kubernetes.io/name=" + NAME).get(0);
    service = new ConfigService("http://" + cluster.podIp(pod) + ":8080");
  }

  @AfterAll
  static void leaveNothing() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static void patch(String data) throws Exception {
    cluster.kubectl("patch", "configmap", NAME, "-p", "{\"data\":" + data + "}");
  }

  private static void create(String name, String greeting) throws Exception {
    cluster.kubectl(
        "create",
        "configmap",
        name,
        "--from-literal=greeting=" + greeting,
        "--from-literal=color=red",
        "--from-literal=refresh=1s");
  }

  private static Command.Result refused(String... arguments) throws Exception {
    Command.Result result = Command.of("kubectl", "-n", cluster.namespace()).with(arguments).run();
    assertThat(result.exitCode()).isNotZero();
    return result;
  }

  @ParameterizedTest
  @ValueSource(strings = {"arguments", "environment", "subpath", "volume", "api"})
  @Order(1)
  void theConfigMapArrivesInAllFiveWays(String source) throws Exception {
    assertThat(service.value(source, "greeting")).isEqualTo(FIRST);
  }

  @Test
  @Order(2)
  void theApiAndTheVolumeHaveTheSameRevision() throws Exception {
    assertThat(service.source("volume").path("revision").asText())
        .isEqualTo(service.source("api").path("revision").asText())
        .isEqualTo(service.config().path("revision").asText());
  }

  @Test
  @Order(3)
  void theApiFollowsAChangeWithinASecond() throws Exception {
    // When
    patch("{\"greeting\":\"Changed\",\"refresh\":\"1s\"}");

    // Then: in its column, and in effect.
    RealCluster.await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                service.value("api", "greeting").equals("Changed")
                    && service.greeting().equals("Changed"));
  }

  @Test
  @Order(4)
  void theVolumeFollowsWhenTheKubeletSyncsAndTheOthersNever() throws Exception {
    // Given: the kubelet synchronizes the pod now, not after its sync period.
    patch("{\"greeting\":\"Changed\",\"refresh\":\"1s\"}");
    cluster.kubectl("annotate", "--overwrite", "pod", pod, "podlab/poke=1");

    // When
    RealCluster.await().until(() -> service.value("volume", "greeting").equals("Changed"));

    // Then
    assertThat(service.source("volume").path("behind").asBoolean(true)).isFalse();
    assertThat(service.lag("volume", "count")).isEqualTo(1);
    for (String source : List.of("arguments", "environment", "subpath")) {
      assertThat(service.value(source, "greeting")).isEqualTo(FIRST);
      assertThat(service.source(source).path("behind").asBoolean()).isTrue();
      assertThat(service.source(source).path("reloads").asText())
          .containsAnyOf("fixed at start", "bind mount of the old inode");
    }
  }

  @Test
  @Order(5)
  void aWrongValueIsRejectedAndTheOldOneStays() throws Exception {
    // Given
    patch("{\"greeting\":\"Changed\"}");
    RealCluster.await().until(() -> service.greeting().equals("Changed"));

    // When
    patch("{\"greeting\":\"Not to be seen\",\"color\":\"not-a-color\"}");
    RealCluster.await().until(() -> service.config().has("rejected"));

    // Then
    assertThat(service.source("api").path("problem").asText()).startsWith("rejected: color");
    assertThat(service.greeting()).isEqualTo("Changed");
    assertThat(service.config().path("rejected").path("errors").path(0).path("key").asText())
        .isEqualTo("color");
    assertThat(service.readiness()).isEqualTo(200);
    patch("{\"greeting\":\"Right again\",\"color\":\"red\"}");
    RealCluster.await().until(() -> service.greeting().equals("Right again"));
    assertThat(service.config().has("rejected")).isFalse();
    assertThat(service.lag("api", "count")).isEqualTo(2);
    assertThat(service.lag("api", "sum")).isLessThan(2);
    // The environment has also missed earlier changes.
    Instant last = Instant.parse(service.source("api").path("since").asText());
    assertThat(service.source("environment").path("lagSeconds").asDouble())
        .isGreaterThan(Duration.between(last, Instant.now()).toMillis() / 1e3);
  }

  @Test
  @Order(6)
  void itsAccountCanReadNoOtherConfigMap() throws Exception {
    // Given
    create("other", "Not to be read");

    // Then
    cluster.kubectl("get", "configmap", NAME, "--as=" + ACCOUNT);
    for (List<String> what :
        List.of(
            List.of("get", "configmap", "other"),
            List.of("get", "configmaps"),
            List.of("get", "secrets"),
            List.of("delete", "configmap", NAME),
            List.of("patch", "configmap", NAME, "-p", "{\"data\":{\"a\":\"b\"}}"))) {
      Command.Result refused =
          Command.of("kubectl", "-n", cluster.namespace(), "--as=" + ACCOUNT)
              .with(what.toArray(String[]::new))
              .run();
      assertThat(refused.err()).contains("Forbidden").contains(ACCOUNT);
    }
  }

  @Test
  @Order(7)
  void itComesBackWhenItsRightsDo() throws Exception {
    // Given
    String binding = cluster.kubectl("get", "rolebinding", NAME, "-o", "json");
    cluster.kubectl("delete", "rolebinding", NAME);
    RealCluster.await().until(() -> service.config().has("unreadable"));
    assertThat(service.config().path("unreadable").path("why").asText())
        .contains("no permission to get ConfigMap");
    RealCluster.await().until(() -> service.readiness() == 503);

    // When
    Path file = Files.writeString(temporary.resolve("binding.json"), binding);
    cluster.kubectl("apply", "-f", file.toString());
    patch("{\"greeting\":\"With rights again\"}");

    // Then
    RealCluster.await().until(() -> service.greeting().equals("With rights again"));
    RealCluster.await().until(() -> service.readiness() == 200);
  }

  @Test
  @Order(8)
  void itKeepsTheLastGoodOneOfADeletedConfigMapAndTakesTheNext() throws Exception {
    // Given
    patch("{\"greeting\":\"The last one\"}");
    RealCluster.await().until(() -> service.greeting().equals("The last one"));

    // When
    cluster.kubectl("delete", "configmap", NAME);

    // Then
    RealCluster.await().until(() -> service.config().has("gone"));
    assertThat(service.greeting()).isEqualTo("The last one");
    assertThat(service.readiness()).isEqualTo(200);
    create(NAME, "Made anew");
    RealCluster.await().until(() -> service.greeting().equals("Made anew"));
    assertThat(service.config().has("gone")).isFalse();
  }

  @Test
  @Order(9)
  void theApiServerRefusesToChangeAnImmutableOneAsItWasPredicted() throws Exception {
    // Given
    cluster.kubectl("patch", "configmap", NAME, "-p", "{\"immutable\":true}");
    RealCluster.await()
        .until(() -> service.source("api").path("reloads").asText().startsWith("never: immutable"));

    // When
    JsonNode predicted = service.check("greeting: Changed");
    Command.Result refused =
        refused("patch", "configmap", NAME, "-p", "{\"data\":{\"greeting\":\"Changed\"}}");

    // Then
    assertThat(predicted.path("immutable").asBoolean()).isTrue();
    assertThat(predicted.path("server")).hasSize(1);
    assertThat(refused.err()).contains("immutable");
    cluster.kubectl("delete", "configmap", NAME);
    create(NAME, "No longer immutable");
    RealCluster.await().until(() -> service.greeting().equals("No longer immutable"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024 * 1024, 1024 * 1024 + 1})
  @Order(10)
  void theApiServerTakesOneMebibyteAndRefusesMoreAsItWasPredicted(int bytes) throws Exception {
    // Given
    Path manifest = temporary.resolve("big.json");
    ObjectNode configMap = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    configMap.putObject("metadata").put("name", "big-" + bytes);
    configMap.putObject("data").put("value", "x".repeat(bytes));
    Files.writeString(manifest, JSON.writeValueAsString(configMap));

    // When
    JsonNode predicted = service.check(Files.readString(manifest));
    Command.Result created =
        Command.of("kubectl", "-n", cluster.namespace(), "create", "-f", manifest.toString()).run();
    refused("apply", "-f", manifest.toString());

    // Then
    assertThat(predicted.path("server").isEmpty())
        .describedAs(created.err())
        .isEqualTo(created.succeeded());
    assertThat(predicted.has("apply")).isTrue();
  }

  /**
   * Runs the command that the check names, with a manifest of the ConfigMap that the service reads.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {x: a}",
        "data: {x: 12:30}",
        "data: {x: 2001-01-01}",
        "data: {x: ! 5}",
        "data: {x: 1.10}",
        "data: {x: y}",
        "data: {x: No}",
        "data: {x: [a]}",
        "data: {a b: c}",
        "data: {..x: c}",
        "data: {..: c}",
        "data: {x: a}\nbinaryData: {x: YQ==}",
        "binaryData: {x: YQ==}",
        "binaryData: {x: '%'}"
      })
  @Order(11)
  void kubectlTakesAManifestOrNotAsItWasPredicted(String fields) throws Exception {
    // Given
    String manifest =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n%s\n".formatted(NAME, fields);
    Path file = Files.writeString(temporary.resolve("check.yaml"), manifest);

    // When
    JsonNode predicted = service.check(manifest);
    String command = predicted.path("dryRun").asText().replace("FILE", file.toString());
    Command.Result applied = Command.of(command.split(" ")).with("-n", cluster.namespace()).run();

    // Then
    assertThat(predicted.path("accepted").asBoolean())
        .describedAs("%s%n%s", predicted, applied.err())
        .isEqualTo(applied.succeeded());
  }

  /** The service runs on this machine. Only its connection to the API server is cut. */
  @Test
  @Order(12)
  void itComesBackWhenTheApiServerDoes() throws Exception {
    // Given
    JsonNode kubeconfig =
        JSON.readTree(
            RealCluster.run("kubectl", "config", "view", "--raw", "--minify", "-o", "json"));
    ObjectNode server = (ObjectNode) kubeconfig.path("clusters").path(0).path("cluster");
    URI url = URI.create(server.path("server").asText());
    Path log = temporary.resolve("log");
    try (InterruptibleProxy proxy = new InterruptibleProxy(url.getHost(), url.getPort())) {
      // The certificate is for another name.
      server.remove("certificate-authority-data");
      server.put("insecure-skip-tls-verify", true);
      server.put("server", "https://127.0.0.1:" + proxy.port());
      Path file =
          Files.writeString(temporary.resolve("kubeconfig"), JSON.writeValueAsString(kubeconfig));
      Process process = start(file, log);
      try {
        RealCluster.await().until(() -> address(log).find());
        ConfigService here = new ConfigService(found(log));
        RealCluster.await().until(() -> here.readiness() == 200);
        assertThat(here.source("api").path("watching").asBoolean()).isTrue();

        // When
        proxy.interrupt();
        patch("{\"greeting\":\"While it was away\"}");
        RealCluster.await().until(() -> here.config().path("stale").asBoolean());

        // Then
        assertThat(here.greeting()).isEqualTo("No longer immutable");
        assertThat(here.readiness()).isEqualTo(503);
        assertThat(here.source("api").path("watching").asBoolean(true)).isFalse();
        proxy.restore();
        RealCluster.await().until(() -> here.greeting().equals("While it was away"));
        assertThat(here.lag("api", "sum")).isGreaterThan(3);
        RealCluster.await().until(() -> here.readiness() == 200);
        RealCluster.await().until(() -> here.source("api").path("watching").asBoolean());
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  @Test
  @Order(13)
  void thePodComesBackWhenTheApiServerIsStartedAgain() throws Exception {
    // Given
    ApiServer apiServer = ApiServer.orSkip();
    RealCluster.await().until(() -> service.readiness() == 200);
    String greeting = service.greeting();
    // After a change of another object, the version that the watch knows is too old for an API
    // server
    // that starts.
    String known = service.config().path("version").asText();
    create("newer", "Not to be read");

    // When
    try {
      apiServer.stop();
      RealCluster.await().until(() -> service.config().path("stale").asBoolean());

      // Then
      assertThat(service.greeting()).isEqualTo(greeting);
      assertThat(service.readiness()).isEqualTo(503);
      assertThat(service.source("api").path("watching").asBoolean(true)).isFalse();
      assertThat(service.config().path("unreadable").path("why").asText())
          .startsWith("cannot reach the API server at https://");
    } finally {
      apiServer.start();
    }
    RealCluster.await().until(() -> service.readiness() == 200);
    RealCluster.await().until(() -> service.source("api").path("watching").asBoolean());
    assertThat(eventsSince(known)).contains("\"code\":410");
    patch("{\"greeting\":\"Started again\"}");
    RealCluster.await().until(() -> service.greeting().equals("Started again"));
  }

  @Test
  @Order(14)
  void aRollbackLastsUntilTheConfigMapChanges() throws Exception {
    // Given
    patch("{\"greeting\":\"Good\"}");
    RealCluster.await().until(() -> service.greeting().equals("Good"));
    String good = service.config().path("revision").asText();
    patch("{\"greeting\":\"Not so good\"}");
    RealCluster.await().until(() -> service.greeting().equals("Not so good"));
    JsonNode before = service.config();

    // When
    service.rollBack(good);

    // Then
    assertThat(service.greeting()).isEqualTo("Good");
    assertThat(service.config().path("rollback").path("sourceRevision").asText())
        .isEqualTo(before.path("revision").asText());
    // The same values with another resourceVersion.
    cluster.kubectl("annotate", "--overwrite", "configmap", NAME, "podlab/poke=1");
    RealCluster.await()
        .until(() -> !service.config().path("version").equals(before.path("version")));
    assertThat(service.greeting()).isEqualTo("Good");
    patch("{\"greeting\":\"Better\"}");
    RealCluster.await().until(() -> service.greeting().equals("Better"));
    assertThat(service.config().has("rollback")).isFalse();
  }

  private static String eventsSince(String version) throws Exception {
    return cluster.kubectl(
        "get",
        "--raw",
        "/api/v1/namespaces/%s/configmaps?watch=true&timeoutSeconds=1&resourceVersion=%s"
            .formatted(cluster.namespace(), version));
  }

  private static Process start(Path kubeconfig, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                RealCluster.ROOT
                    .resolve("configmap-service/target/quarkus-app/quarkus-run.jar")
                    .toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("LAB_CONFIG_CONFIGMAP", cluster.namespace() + "/" + NAME);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    return builder.start();
  }

  private static Matcher address(Path log) throws IOException {
    return Pattern.compile("Listening on: (http://\\S+)").matcher(Files.readString(log));
  }

  private static String found(Path log) throws IOException {
    Matcher address = address(log);
    assertThat(address.find()).isTrue();
    return address.group(1);
  }
}
