package io.podlab.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {
  private static final Cluster.Target TARGET =
      new Cluster.Target(Optional.of("lab"), "/run/c.sock");

  @ParameterizedTest
  @CsvSource({
    "KIND, kind load image-archive /x.tar --name lab",
    "MINIKUBE, minikube image load /x.tar --profile lab",
    "K3S, k3s ctr images import /x.tar",
    "CONTAINERD, ctr --address /run/c.sock --namespace k8s.io images import /x.tar"
  })
  void handsOverAnArchiveTheWayItsProgramTakesIt(Cluster cluster, String commandLine) {
    assertThat(cluster.load(Path.of(cluster.program()), TARGET, Path.of("/x.tar")))
        .hasToString(commandLine);
  }

  @Test
  void leavesTheDefaultClusterToKind() {
    // Given
    Cluster.Target target = new Cluster.Target(Optional.empty(), "");
    // When, Then
    assertThat(Cluster.KIND.load(Path.of("kind"), target, Path.of("/x.tar")))
        .hasToString("kind load image-archive /x.tar");
  }
}
