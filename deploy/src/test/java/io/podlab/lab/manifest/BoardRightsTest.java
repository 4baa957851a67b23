package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BoardRightsTest {
  private static JsonNode rules(String manifest) throws IOException {
    try (MappingIterator<JsonNode> objects =
        new YAMLMapper().readerFor(JsonNode.class).readValues(Path.of(manifest).toFile())) {
      return objects.readAll().stream()
          .filter(object -> object.path("kind").asText().equals("Role"))
          .findFirst()
          .orElseThrow()
          .path("rules");
    }
  }

  @Test
  void areTheSameInItsOwnAndInAFurtherNamespace() throws Exception {
    assertThat(rules("board-namespace.yml")).isEqualTo(rules("generated/board.yml"));
  }

  @Test
  void areToReadAndLeaveOutSecretsAndConfigMaps() throws Exception {
    for (JsonNode rule : rules("generated/board.yml")) {
      assertThat(rule.path("verbs"))
          .extracting(JsonNode::asText)
          .containsExactly("get", "list", "watch");
      assertThat(rule.path("resources"))
          .extracting(JsonNode::asText)
          .doesNotContain("secrets", "configmaps", "pods/proxy", "*");
    }
  }
}
