package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {
  private static Component library(String group, String version) {
    return new Component(
        "library",
        group + ":a:" + version,
        Optional.empty(),
        Optional.of(group),
        "a",
        version,
        Optional.of("MIT"),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void findsALibraryByItsFile() {
    assertThat(ThirdParty.byFile(List.of(library("x", "1"), library("x", "2"))))
        .containsEntry("a-2", library("x", "2"));
  }

  @Test
  void refusesTwoLibrariesWithTheSameFile() {
    assertThatThrownBy(() -> ThirdParty.byFile(List.of(library("x", "1"), library("y", "1"))))
        .hasMessageContaining("a-1.jar can be x:a:1 or y:a:1");
  }
}
