package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@code restricted} Pod Security Standard
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/), and what our architecture
 * asks for on top of it.
 */
class PodSecurityTest {
  private static final Path GENERATED =
      Path.of("").toAbsolutePath().getParent().resolve("deploy/generated");
  private static final Set<String> ALLOWED_VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  static Stream<JsonNode> deployments() {
    return Arrays.stream(Service.values()).map(PodSecurityTest::deployment);
  }

  private static JsonNode deployment(Service service) {
    try (MappingIterator<JsonNode> objects =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .readValues(GENERATED.resolve(service.title() + ".yml").toFile())) {
      List<JsonNode> all = objects.readAll();
      return all.stream()
          .filter(object -> object.path("kind").asText().equals("Deployment"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void podsPassTheRestrictedStandard(JsonNode deployment) {
    // Given
    JsonNode pod = deployment.path("spec").path("template").path("spec");
    JsonNode podContext = pod.path("securityContext");

    // Then
    assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC")).isFalse();
    assertThat(podContext.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(podContext.path("seccompProfile").path("type").asText()).isEqualTo("RuntimeDefault");
    for (JsonNode volume : pod.path("volumes")) {
      List<String> types = new ArrayList<>();
      volume.fieldNames().forEachRemaining(types::add);
      types.remove("name");
      assertThat(ALLOWED_VOLUMES).containsAll(types);
    }
    for (JsonNode container : pod.path("containers")) {
      JsonNode context = container.path("securityContext");
      assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(context.path("privileged").asBoolean()).isFalse();
      assertThat(context.path("capabilities").path("drop").path(0).asText()).isEqualTo("ALL");
      assertThat(context.path("capabilities").has("add")).isFalse();
      for (JsonNode port : container.path("ports")) {
        assertThat(port.has("hostPort")).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void containersRunAsOurUserOnAReadOnlyRoot(JsonNode deployment) {
    // Given
    JsonNode pod = deployment.path("spec").path("template").path("spec");

    // Then
    assertThat(pod.path("securityContext").path("runAsUser").asInt()).isEqualTo(10001);
    assertThat(pod.path("securityContext").path("runAsGroup").asInt(-1)).isZero();
    assertThat(pod.path("containers"))
        .allMatch(
            container ->
                container.path("securityContext").path("readOnlyRootFilesystem").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void selectorsHoldNoVersion(JsonNode deployment) {
    // When
    JsonNode labels = deployment.path("spec").path("selector").path("matchLabels");

    // Then
    assertThat(labels.path("app.kubernetes.io/part-of").asText()).isEqualTo("podlab");
    assertThat(labels.has("app.kubernetes.io/version")).isFalse();
  }
}
