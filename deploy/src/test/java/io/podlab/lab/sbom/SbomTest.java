package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SbomTest {
  private static final Component SUBJECT =
      Component.of("application", "lab", "1.0.0", "Apache-2.0");
  private static final Component A = Component.of("library", "a", "1", "MIT");
  private static final Component B =
      Component.of("library", "b", "2", "Apache-2.0 OR EPL-2.0")
          .suppliedBy("B Ltd")
          .at("lib/b.jar");

  private static Sbom sbom(List<Component> components, Set<String> needed) {
    return new Sbom(SUBJECT, components, new TreeMap<>(Map.of(SUBJECT.ref(), needed)));
  }

  @Test
  void theOrderOfTheInputDoesNotMatter() throws Exception {
    assertThat(sbom(List.of(B, A), new LinkedHashSet<>(List.of("b@2", "a@1"))).json())
        .isEqualTo(sbom(List.of(A, B), new LinkedHashSet<>(List.of("a@1", "b@2"))).json());
  }

  @Test
  void writesTheFieldsOfCycloneDx() throws Exception {
    // When
    JsonNode document = new ObjectMapper().readTree(sbom(List.of(A, B), Set.of("a@1")).json());

    // Then
    assertThat(document)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                     "metadata": {"component":
                       {"type": "application", "bom-ref": "lab@1.0.0", "name": "lab",
                        "version": "1.0.0", "licenses": [{"license": {"id": "Apache-2.0"}}]}},
                     "components": [
                       {"type": "library", "bom-ref": "a@1", "name": "a", "version": "1",
                        "licenses": [{"license": {"id": "MIT"}}]},
                       {"type": "library", "bom-ref": "b@2", "supplier": {"name": "B Ltd"},
                        "name": "b", "version": "2",
                        "licenses": [{"expression": "Apache-2.0 OR EPL-2.0"}],
                        "evidence": {"occurrences": [{"location": "lib/b.jar"}]}}],
                     "dependencies": [{"ref": "lab@1.0.0", "dependsOn": ["a@1"]}]}
                    """));
  }
}
