package io.podlab.lab.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.lab.process.Command;
import io.podlab.lab.process.SearchPath;
import io.podlab.lab.project.PomVersion;
import io.podlab.lab.project.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the SBOM in each image with the files of the image. */
@Tag("cluster")
class ImageSbomIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static String inImage(Service service, String script) throws Exception {
    return Command.of(
            "podman",
            "run",
            "--rm",
            "--pull=never",
            "--network=none",
            "--entrypoint=/bin/sh",
            "podlab/" + service + ":" + PomVersion.of(ROOT),
            "-c",
            script)
        .run()
        .out();
  }

  @ParameterizedTest
  @EnumSource(Service.class)
  void listsWhatIsInTheImage(Service service) throws Exception {
    // Given
    assumeTrue(SearchPath.ofThisProcess().find("podman").isPresent());
    List<String> expected = new ArrayList<>();
    inImage(service, "find /opt/podlab/app -type f").lines().forEach(expected::add);
    expected.add("/opt/java");
    expected.add("/opt/podlab-init");

    // When
    var sbom = new ObjectMapper().readTree(inImage(service, "cat /opt/podlab/sbom.cdx.json"));

    // Then
    assertThat(sbom.path("components").findValuesAsText("location"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(sbom.path("components").findValuesAsText("purl"))
        .filteredOn(purl -> purl.startsWith("pkg:deb/"))
        .extracting(purl -> purl.replaceAll("pkg:deb/debian/|@.*", ""))
        .containsExactly("busybox", "libc6");
  }
}
