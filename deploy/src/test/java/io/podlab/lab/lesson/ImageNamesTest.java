package io.podlab.lab.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNamesTest {
  private static ImageNames names(String registry, String tag) {
    return new ImageNames(Optional.ofNullable(registry), Optional.ofNullable(tag));
  }

  @ParameterizedTest
  @CsvSource({
    ", , podlab/demo-app:1.0",
    "ghcr.io/me, , ghcr.io/me/podlab/demo-app:1.0",
    ", 2.0, podlab/demo-app:2.0",
    "localhost:5000, 2.0, localhost:5000/podlab/demo-app:2.0"
  })
  void areThoseThatLabImagesPushes(String registry, String tag, String name) {
    // Given
    ImageNames names = names(registry, tag);

    // Then
    assertThat(names.in("image: podlab/demo-app:1.0\n")).isEqualTo("image: " + name + "\n");
    assertThat(names.of(Service.DEMO_APP, "1.0")).isEqualTo(name);
    assertThat(ImageNames.named(Service.DEMO_APP, "image: \"" + name + "\"")).containsExactly(name);
  }

  @ParameterizedTest
  @CsvSource({
    "kubectl run x --image=podlab/demo-app:1.0, kubectl run x --image=r/podlab/demo-app:2",
    "docker.io/podlab/demo-app:1.0, docker.io/podlab/demo-app:1.0",
    "podlab/other:1.0, podlab/other:1.0",
    "podlab/demo-app, podlab/demo-app",
    "deployment/demo-app:1.0, deployment/demo-app:1.0"
  })
  void onlyPodlabsOwnNamesChange(String text, String changed) {
    assertThat(names("r", "2").in(text)).isEqualTo(changed);
  }

  @Test
  void aTagThatIsNoneIsRefused() {
    assertThat(catchThrowableOfType(Failure.class, () -> names(null, "a b")).exitCode())
        .isEqualTo(Failure.USAGE);
  }
}
