package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedServiceTest {
  private static final String DOCUMENT =
      """
      {"metadata": {"timestamp": "2026-11-27T19:14:27Z"},
       "components": [
         {"bom-ref": "run", "name": "quarkus-run.jar", "version": "1.0.0", "purl": "pkg:generic/x",
          "evidence": {"occurrences": [{"location": "quarkus-run.jar"}]}},
         {"bom-ref": "app", "group": "io.podlab", "name": "demo-app", "version": "1.0.0",
          "purl": "pkg:maven/app", "licenses": [{"license": {"id": "Apache-2.0"}}],
          "evidence": {"occurrences": [{"location": "app/demo-app-1.0.0.jar"}]}},
         {"bom-ref": "core", "publisher": "Eclipse", "group": "g", "name": "core", "version": "2",
          "purl": "pkg:maven/core", "licenses": [LICENSES],
          "evidence": {"occurrences": [{"location": "lib/main/g.core-2.jar"}]}},
         {"bom-ref": "removed", "name": "removed", "version": "3", "purl": "pkg:maven/removed"}],
       "dependencies": [
         {"ref": "app", "dependsOn": ["removed", "core"]},
         {"ref": "removed", "dependsOn": ["core"]}]}
      """;

  @TempDir private Path folder;

  private Sbom read(String licenses) throws IOException {
    return PackagedService.read(
        Files.writeString(folder.resolve("sbom.json"), DOCUMENT.replace("LICENSES", licenses)));
  }

  @Test
  void onlyPartsOfThePackageStay() throws Exception {
    // When
    Sbom sbom = read("{\"license\": {\"id\": \"MIT\"}}");

    // Then
    assertThat(sbom.components())
        .extracting(Component::ref, Component::type, Component::license)
        .containsExactly(
            tuple("app", "library", Optional.of("Apache-2.0")),
            tuple("core", "library", Optional.of("MIT")),
            tuple("run", "file", Optional.empty()));
    assertThat(sbom.dependencies()).isEqualTo(Map.of("app", Set.of("core")));
    assertThat(sbom.subject().name()).isEqualTo("demo-app");
  }

  @Test
  void severalLicensesAreAChoice() throws Exception {
    // When
    Sbom sbom =
        read("{\"license\": {\"id\": \"EPL-2.0\"}}, {\"license\": {\"id\": \"Apache-2.0\"}}");

    // Then
    assertThat(sbom.components().get(1).license()).contains("Apache-2.0 OR EPL-2.0");
  }

  @Test
  void aLicenseWithoutAnIdIsAnError() {
    assertThatThrownBy(() -> read("{\"license\": {\"name\": \"My License\"}}"))
        .hasMessageContaining("'My License' has no SPDX id");
    assertThatThrownBy(() -> read("")).hasMessageContaining("core names no license");
  }
}
