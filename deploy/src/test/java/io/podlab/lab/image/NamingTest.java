package io.podlab.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamingTest {
  @Test
  void namesAnImageInFullAsTheKubeletReadsTheManifests() {
    // Given
    Naming naming = new Naming(Naming.DEFAULT_REGISTRY, "1.2", false);
    // When, Then
    assertThat(naming.names(Service.TOKEN_SERVICE))
        .containsExactly("docker.io/podlab/token-service:1.2");
  }

  @Test
  void addsTheTrainingsNamesToWhatStandsInForThem() {
    // Given
    Naming naming = new Naming("localhost:5000/me", "t", true);
    // When, Then
    assertThat(naming.names(Service.DEMO_APP))
        .containsExactly("localhost:5000/me/podlab/demo-app:t", "quay.io/junkai/demo:1.0");
    assertThat(naming.aliases(Service.PROBE_TARGET))
        .containsExactly(
            "quay.io/junkai/training:liveness", "quay.io/junkai/training:goproxy-liveness");
    assertThat(naming.aliases(Service.CONFIGMAP_SERVICE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "https://ghcr.io", "ghcr.io/", "ghcr.io/Me", "-x", "a b", "h:port"})
  void refusesWhatIsNoRegistry(String registry) {
    assertThatThrownBy(() -> new Naming(registry, "1", false))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(Failure.USAGE))
        .hasMessageContaining("'" + registry + "' is not a registry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".x", "-x", "a:b", "a/b", "ü"})
  void refusesWhatIsNoTag(String tag) {
    assertThatThrownBy(() -> new Naming("docker.io", tag, false))
        .hasMessageContaining("'" + tag + "' is not a tag");
  }
}
