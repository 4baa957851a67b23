package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the SBOM of each service with its package. */
class PackagedServiceIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static List<Component> components(Service service) throws Exception {
    return PackagedService.read(PackagedService.document(ROOT, service.title())).components();
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void listsTheFilesOfThePackageAndNoOthers(Service service) throws Exception {
    // Given
    Path folder = ROOT.resolve(service.title()).resolve("target/quarkus-app");
    List<String> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).map(f -> folder.relativize(f).toString()).toList();
    }

    // Then
    assertThat(components(service))
        .extracting(component -> component.location().orElseThrow())
        .containsExactlyInAnyOrderElementsOf(files);
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void eachLibraryHasTheVersionOfItsFileAndALicense(Service service) throws Exception {
    assertThat(components(service))
        .filteredOn(component -> component.location().orElseThrow().startsWith("lib/"))
        .isNotEmpty()
        .allSatisfy(
            component ->
                assertThat(component.location().orElseThrow())
                    .matches(
                        ".*[./]%s-%s(-.*)?\\.jar".formatted(component.name(), component.version())))
        .allMatch(component -> component.license().isPresent());
  }
}
