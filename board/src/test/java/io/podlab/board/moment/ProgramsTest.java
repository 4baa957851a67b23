package io.podlab.board.moment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramsTest {
  @ParameterizedTest
  @CsvSource({
    "podlab/demo-app, demo-app",
    "podlab/demo-app:1.0.0, demo-app",
    "docker.io/podlab/probe-target:1, probe-target",
    "registry.example:5000/class/podlab/demo-app@sha256:0123, demo-app",
    "registry.example:5000/podlab/demo-app:1@sha256:0123, demo-app",
    "quay.io/junkai/demo:1.0, demo-app",
    "quay.io/junkai/training:liveness, probe-target",
    "quay.io/junkai/training:goproxy-liveness, probe-target",
    "quay.io/junkai/demo:2.0,",
    "quay.io/junkai/training:other,",
    "podlab/token-service:1,",
    "notpodlab/demo-app:1,",
    "podlab/demo-app/more:1,",
    "demo-app,",
    "nginx,"
  })
  void recognizesProgramsByImage(String image, String program) {
    assertThat(Programs.ofImage(image).orElse(null)).isEqualTo(program);
  }

  @Test
  void recognizesProgramsByLabel() {
    // Given
    Pod pod = pod("mirror.example/other:1");

    // When
    pod.getMetadata().getLabels().put("app.kubernetes.io/name", "probe-target");

    // Then
    assertThat(Programs.of(pod)).contains(Programs.PROBE_TARGET);
  }

  @Test
  void findsTheContainerAmongOthers() {
    // Given
    Pod pod = pod("nginx", "podlab/demo-app:1");

    // When, Then
    assertThat(Programs.of(pod)).contains(Programs.DEMO_APP);
    assertThat(Programs.container(pod)).map(Container::getName).contains("container-1");
  }

  @Test
  void ignoresOtherPrograms() {
    assertThat(Programs.of(pod("nginx"))).isEmpty();
    assertThat(Programs.of(new PodBuilder().withNewMetadata().endMetadata().build())).isEmpty();
  }

  private static Pod pod(String... images) {
    PodBuilder pod = new PodBuilder().withNewMetadata().addToLabels("app", "x").endMetadata();
    for (int i = 0; i < images.length; i++) {
      pod.editOrNewSpec()
          .addNewContainer()
          .withName("container-" + i)
          .withImage(images[i])
          .endContainer()
          .endSpec();
    }
    return pod.build();
  }
}
