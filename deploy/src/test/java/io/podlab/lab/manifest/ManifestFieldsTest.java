package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that each field of the hand-written manifests exists in the Kubernetes API, with the model
 * classes of the client. An older API server silently drops a field that it does not know.
 */
class ManifestFieldsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String KUBERNETES = "io.fabric8.kubernetes.api.model.";

  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("v1", KUBERNETES),
          Map.entry("apps/v1", KUBERNETES + "apps."),
          Map.entry("autoscaling/v2", KUBERNETES + "autoscaling.v2."),
          Map.entry("batch/v1", KUBERNETES + "batch.v1."),
          Map.entry("certificates.k8s.io/v1", KUBERNETES + "certificates.v1."),
          Map.entry("discovery.k8s.io/v1", KUBERNETES + "discovery.v1."),
          Map.entry("discovery.k8s.io/v1beta1", KUBERNETES + "discovery.v1beta1."),
          Map.entry("monitoring.coreos.com/v1", "io.fabric8.openshift.api.model.monitoring.v1."),
          Map.entry("networking.k8s.io/v1", KUBERNETES + "networking.v1."),
          Map.entry("policy/v1", KUBERNETES + "policy.v1."),
          Map.entry("rbac.authorization.k8s.io/v1", KUBERNETES + "rbac."));

  /** The model classes accept unknown fields, so this mapper rejects them. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  static Stream<Path> manifests() throws IOException {
    List<Path> manifests = new ArrayList<>(List.of(ROOT.resolve("deploy/board-namespace.yml")));
    for (String folder :
        List.of(
            "deploy/probes",
            "deploy/monitoring/prometheus/cluster",
            "deploy/monitoring/prometheus/operator",
            "lessons")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().matches(".*\\.ya?ml"))
            // Files for kustomize and Prometheus have no kind.
            .filter(file -> !file.toString().matches(".*/(kustomization.yaml|prometheus.yml)"))
            .sorted()
            .forEach(manifests::add);
      }
    }
    return manifests.stream();
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void knowsEachField(Path manifest) throws Exception {
    try (MappingIterator<JsonNode> objects =
        new YAMLMapper().readerFor(JsonNode.class).readValues(manifest.toFile())) {
      List<JsonNode> all = objects.readAll();
      assertThat(all).isNotEmpty();
      for (JsonNode object : all) {
        assertThatCode(() -> read(object)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void refusesAFieldThatAServiceMonitorDoesNotHave() throws Exception {
    JsonNode monitor =
        new YAMLMapper()
            .readTree(
                "{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, spec: {endpoints: [{prot: http}]}}");
    assertThatThrownBy(() -> read(monitor))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("prot");
  }

  @Test
  void refusesAFieldThatTheApiDoesNotHave() throws Exception {
    JsonNode pod =
        new YAMLMapper()
            .readTree(
                "{apiVersion: v1, kind: Pod, spec: {containers: [{livenessProbe: {grcp: {port: 1}}}]}}");
    assertThatThrownBy(() -> read(pod))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("grcp");
  }

  private static Object read(JsonNode object) throws Exception {
    String version = object.path("apiVersion").asText();
    assertThat(PACKAGES).containsKey(version);
    Class<?> type = Class.forName(PACKAGES.get(version) + object.path("kind").asText());
    return STRICT.treeToValue(object, type);
  }
}
