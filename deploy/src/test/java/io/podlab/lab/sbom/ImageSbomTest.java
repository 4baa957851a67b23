package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSbomTest {
  private static final Component APPLICATION =
      Component.of("library", "demo-app", "1.2.3", "Apache-2.0").at("app/demo-app-1.2.3.jar");

  @TempDir private Path root;

  @BeforeEach
  void aRootFileSystem() throws Exception {
    write("etc/os-release", "NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n");
    write(
        "opt/java/release",
        """
        JAVA_VERSION="25.0.3"
        MODULES="java.base java.logging"
        IMPLEMENTOR="Eclipse Adoptium"
        JAVA_RUNTIME_VERSION="25.0.3+9-LTS"
        """);
    debianPackage("busybox", "1:1.35.0-4+deb12u1");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void debianPackage(String name, String version) throws IOException {
    write(
        "var/lib/dpkg/status.d/" + name,
        """
        Package: %s
        Maintainer: Debian Install System Team <debian-boot@lists.debian.org>
        Architecture: amd64
        Version: %s
        Description: Tiny utilities
        """
            .formatted(name, version));
  }

  private Sbom sbom() throws IOException {
    return ImageSbom.of(new Sbom(APPLICATION, List.of(APPLICATION), new TreeMap<>(Map.of())), root);
  }

  @Test
  void theBaseOfTheImageIsInItsSbom() throws Exception {
    // When
    Sbom sbom = sbom();

    // Then
    assertThat(sbom.components())
        .extracting(Component::type, Component::name, Component::version, Component::license)
        .containsExactlyInAnyOrder(
            tuple("operating-system", "debian", "12", Optional.empty()),
            tuple(
                "platform",
                "openjdk",
                "25.0.3+9-LTS",
                Optional.of("GPL-2.0-with-classpath-exception")),
            tuple("library", "busybox", "1:1.35.0-4+deb12u1", Optional.of("GPL-2.0-only")),
            tuple("application", "podlab-init", "1.2.3", Optional.of("Apache-2.0")),
            tuple("library", "demo-app", "1.2.3", Optional.of("Apache-2.0")));
    assertThat(sbom.subject().name()).isEqualTo("podlab/demo-app");
  }

  @Test
  void aDebianPackageHasAPackageUrlAndASupplier() throws Exception {
    assertThat(sbom().components())
        .filteredOn(component -> component.name().equals("busybox"))
        .extracting(component -> component.purl().orElseThrow(), Component::supplier)
        .containsExactly(
            tuple(
                "pkg:deb/debian/busybox@1%3A1.35.0-4%2Bdeb12u1?arch=amd64&distro=debian-12",
                Optional.of("Debian Install System Team")));
  }

  @Test
  void theImageDependsOnItsBaseAndOnTheService() throws Exception {
    assertThat(sbom().dependencies().get("podlab/demo-app@1.2.3"))
        .isEqualTo(
            Set.of(
                "debian@12",
                "demo-app@1.2.3",
                "openjdk@25.0.3+9-LTS",
                "pkg:deb/debian/busybox@1%3A1.35.0-4%2Bdeb12u1?arch=amd64&distro=debian-12",
                "podlab-init@1.2.3"));
  }

  @Test
  void locationsArePathsInTheImage() throws Exception {
    assertThat(sbom().components())
        .filteredOn(component -> component.name().equals("demo-app"))
        .extracting(component -> component.location().orElseThrow())
        .containsExactly("/opt/podlab/app/app/demo-app-1.2.3.jar");
  }

  @Test
  void aNewDebianPackageNeedsALicense() throws Exception {
    // Given
    debianPackage("zlib1g", "1.2");

    // Then
    assertThatThrownBy(this::sbom).hasMessageContaining("'zlib1g' has no SPDX id");
  }
}
