package io.podlab.lab.image;

import io.podlab.lab.process.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The cluster types that can import an image from an archive, without a registry. */
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
      // The kubelet uses the images of this containerd namespace only.
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
   * Identifies a cluster of this type.
   *
   * @param clusterName the cluster of kind or the profile of minikube; empty for their default
   * @param containerdAddress the socket of containerd
   */
  record Target(Optional<String> clusterName, String containerdAddress) {}

  private final String program;

  Cluster(String program) {
    this.program = program;
  }

  /** The program that imports an archive. */
  String program() {
    return program;
  }

  abstract List<String> arguments(Target target, String archive);

  Command load(Path program, Target target, Path archive) {
    return Command.of(program.toString())
        .with(arguments(target, archive.toString()).toArray(String[]::new));
  }

  /** {@code kind}, {@code minikube}, {@code k3s} or {@code containerd}. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Converts the value of {@code --load}. */
  static final class Converter implements ITypeConverter<Cluster> {
    @Override
    public Cluster convert(String value) {
      return Arrays.stream(values())
          .filter(cluster -> cluster.title().equals(value.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + value
                          + "' is not a cluster type; use kind, minikube, k3s or containerd"));
    }
  }

  private static List<String> join(List<String> words, String option, Optional<String> value) {
    List<String> all = new ArrayList<>(words);
    value.ifPresent(given -> all.addAll(List.of(option, given)));
    return all;
  }
}
