package io.podlab.config.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastAppliedTest {
  private static ConfigMap annotated(String note) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", note))
        .endMetadata()
        .build();
  }

  @Test
  void namesTheKeysThatKubectlApplyWrote() {
    assertThat(
            LastApplied.keys(
                annotated("{\"data\":{\"a\":\"1\",\"b\":\"\"},\"binaryData\":{\"c\":\"YQ==\"}}\n")))
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"data\":null}", "{\"data\":[1]}"})
  void namesNoneWithoutSuchANote(String note) {
    assertThat(LastApplied.keys(annotated(note))).isEmpty();
    assertThat(LastApplied.keys(new ConfigMapBuilder().withNewMetadata().endMetadata().build()))
        .isEmpty();
  }
}
