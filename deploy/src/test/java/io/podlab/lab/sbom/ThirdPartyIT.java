package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.project.PomVersion;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class ThirdPartyIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @Test
  void isWhatTheBuildGenerates() throws Exception {
    assertThat(ThirdParty.committed(ROOT))
        .describedAs(
            "is out of date: run `deploy/lab third-party`, review the difference and commit it")
        .hasContent(ThirdParty.of(ROOT).markdown());
  }

  @Test
  void theSbomOfTheLabProgramListsItsLibraries() throws Exception {
    // Given
    String[] classPath;
    try (JarFile program = new JarFile(ROOT.resolve("deploy/target/lab.jar").toFile())) {
      classPath = program.getManifest().getMainAttributes().getValue("Class-Path").split(" ");
    }

    // Then
    assertThat(ThirdParty.of(ROOT).lab(PomVersion.of(ROOT)).components())
        .extracting(library -> library.location().orElseThrow())
        .containsExactlyInAnyOrder(classPath)
        .allSatisfy(jar -> assertThat(ROOT.resolve("deploy/target").resolve(jar)).exists());
  }
}
