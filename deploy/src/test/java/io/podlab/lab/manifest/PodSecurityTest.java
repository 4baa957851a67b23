package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our rules in addition to the {@code restricted} Pod Security Standard. */
class PodSecurityTest {
  private static final Path GENERATED =
      Path.of("").toAbsolutePath().getParent().resolve("deploy/generated");

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
