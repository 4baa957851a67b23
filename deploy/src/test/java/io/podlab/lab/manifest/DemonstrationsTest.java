package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.podlab.lab.project.Port;
import io.podlab.lab.project.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks {@code deploy/probes} without a cluster. */
class DemonstrationsTest {
  private static final Path DEPLOY = Path.of("").toAbsolutePath();
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final List<String> TYPES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  static Stream<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve("probes"))) {
      return files.sorted().toList().stream();
    }
  }

  private static List<JsonNode> objects(Path manifest) {
    try (MappingIterator<JsonNode> objects =
        YAML.readerFor(JsonNode.class).readValues(manifest.toFile())) {
      return objects.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode theOnly(String kind, Path manifest) {
    List<JsonNode> found =
        objects(manifest).stream()
            .filter(object -> object.path("kind").asText().equals(kind))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static JsonNode container(Path manifest) {
    JsonNode containers = theOnly("Pod", manifest).path("spec").path("containers");
    assertThat(containers).hasSize(1);
    return containers.path(0);
  }

  private static Map<String, JsonNode> probes(Path manifest) {
    JsonNode container = container(manifest);
    Map<String, JsonNode> probes = new LinkedHashMap<>();
    for (String type : TYPES) {
      if (container.has(type)) {
        probes.put(type, container.path(type));
      }
    }
    return probes;
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void runTheImageOfTheGeneratedDeployment(Path manifest) {
    // Given
    JsonNode generated =
        theOnly("Deployment", DEPLOY.resolve("generated/probe-target.yml"))
            .path("spec")
            .path("template")
            .path("spec")
            .path("containers")
            .path(0);

    // Then
    for (String field : List.of("image", "imagePullPolicy")) {
      assertThat(container(manifest).path(field)).isEqualTo(generated.path(field));
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void goByTheNameOfTheirFile(Path manifest) {
    for (JsonNode object : objects(manifest)) {
      assertThat(object.path("metadata").path("name").asText() + ".yml")
          .isEqualTo(manifest.getFileName().toString());
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void declareThePortsOfTheProgramAndProbeNoOther(Path manifest) {
    // Given
    Map<String, Integer> listening = new LinkedHashMap<>(Map.of("http", 8080, "https", 8443));
    for (Port port : Service.PROBE_TARGET.otherPorts()) {
      listening.put(port.name(), port.number());
    }

    // When
    Map<String, Integer> declared = new LinkedHashMap<>();
    for (JsonNode port : container(manifest).path("ports")) {
      declared.put(port.path("name").asText(), port.path("containerPort").asInt());
    }
    List<String> probed = new ArrayList<>();
    for (JsonNode probe : probes(manifest).values()) {
      Stream.of("httpGet", "tcpSocket").map(probe::path).forEach(one -> add(probed, one));
    }

    // Then
    assertThat(listening).containsAllEntriesOf(declared);
    assertThat(declared.keySet()).containsAll(probed);
    assertThat(probes(manifest)).isNotEmpty();
  }

  private static void add(List<String> ports, JsonNode mechanism) {
    if (mechanism.has("port")) {
      ports.add(mechanism.path("port").asText());
    }
  }

  /** The test cluster is older than grpc probes, so no other test uses this manifest. */
  @Test
  void grpcAsksForEachServiceByThePortThatTheContainerDeclares() {
    // Given
    Path manifest = DEPLOY.resolve("probes/grpc.yml");
    List<Integer> ports = new ArrayList<>();
    container(manifest)
        .path("ports")
        .forEach(port -> ports.add(port.path("containerPort").asInt()));

    // When
    Map<String, JsonNode> probes = probes(manifest);

    // Then
    assertThat(ports).contains(9090);
    assertThat(probes).containsOnlyKeys(TYPES);
    probes.forEach(
        (type, probe) -> {
          assertThat(probe.has("httpGet") || probe.has("tcpSocket") || probe.has("exec")).isFalse();
          // This API field accepts a number and no name.
          assertThat(probe.path("grpc").path("port").isInt()).isTrue();
          assertThat(probe.path("grpc").path("port").asInt()).isEqualTo(9090);
          assertThat(probe.path("grpc").path("service").asText() + "Probe").isEqualTo(type);
        });
  }
}
