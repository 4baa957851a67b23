package io.podlab.lab.image;

import io.podlab.lab.project.ImageName;
import io.podlab.lab.project.Service;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of the images.
 *
 * <p>Names always start with the registry. podman adds {@code localhost/} to a shorter name, and
 * the kubelet, which reads {@code podlab/…} as {@code docker.io/podlab/…}, would not find that
 * image.
 *
 * @param registry {@code host[:port][/path]}
 * @param aliasTraining whether to add the training's names
 */
record Naming(String registry, String tag, boolean aliasTraining) {
  static final String DEFAULT_REGISTRY = "docker.io";

  Naming {
    ImageName.registry(registry);
    ImageName.tag(tag);
  }

  /** The name of the built and pushed image. */
  String name(Service service) {
    return registry + "/podlab/" + service.title() + ":" + tag;
  }

  /** The training's names for the images that this service replaces. They are never pushed. */
  List<String> aliases(Service service) {
    if (!aliasTraining) {
      return List.of();
    }
    return switch (service) {
      case DEMO_APP -> List.of("quay.io/junkai/demo:1.0");
      case PROBE_TARGET ->
          List.of("quay.io/junkai/training:liveness", "quay.io/junkai/training:goproxy-liveness");
      case TOKEN_SERVICE, CONFIGMAP_SERVICE, BOARD -> List.of();
    };
  }

  List<String> names(Service service) {
    List<String> names = new ArrayList<>();
    names.add(name(service));
    names.addAll(aliases(service));
    return names;
  }
}
