package io.podlab.lab.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.podlab.lab.project.Service;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedManifestsIT {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @ParameterizedTest
  @EnumSource(Service.class)
  void areWhatTheBuildGenerates(Service service) throws Exception {
    assertThat(GeneratedManifest.committed(ROOT, service))
        .describedAs("is out of date: run `deploy/lab manifests`, look at the change, commit it")
        .hasContent(GeneratedManifest.of(ROOT, service));
  }
}
