package io.podlab.lab.image;

import io.podlab.lab.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of cluster that take an image from an archive instead of a registry. */
enum Cluster {
  KIND("kind") {
    @Override
    List<String> arguments(Target target, String archive) {
      return join(List.of("load", "image-archive", archive), "--name", target.clusterName());
    }
  },
  MINIKUBE("minikube") {
    @Override
    List<String> arguments(Target target, String archive) {
      return join(List.of("image", "load", archive), "--profile", target.clusterName());
    }
  },
  K3S("k3s") {
    @Override
    List<String> arguments(Target target, String archive) {
      return List.of("ctr", "images", "import", archive);
    }
  },
  CONTAINERD("ctr") {
    @Override
    List<String> arguments(Target target, String archive) {
      // The kubelet looks in this namespace and in no other.
      return List.of(
          "--address",
          target.containerdAddress(),
          "--namespace",
          "k8s.io",
          "images",
          "import",
          archive);
    }
  };

  /**
   * Which cluster of its kind.
   *
   * @param clusterName kind's cluster or minikube's profile; empty is their default
   * @param containerdAddress the socket of a bare containerd
   */
  record Target(Optional<String> clusterName, String containerdAddress) {}

  private final String program;

  Cluster(String program) {
    this.program = program;
  }

  /** The program that hands an archive to it. */
  String program() {
    return program;
  }

  abstract List<String> arguments(Target target, String archive);

  Command load(Path program, Target target, Path archive) {
    return Command.of(program.toString())
        .with(arguments(target, archive.toString()).toArray(String[]::new));
  }

  private static List<String> join(List<String> words, String option, Optional<String> value) {
    List<String> all = new ArrayList<>(words);
    value.ifPresent(given -> all.addAll(List.of(option, given)));
    return all;
  }
}
