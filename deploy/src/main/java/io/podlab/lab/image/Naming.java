package io.podlab.lab.image;

import io.podlab.lab.project.ImageName;
import io.podlab.lab.project.Service;
import java.util.ArrayList;
import java.util.List;

/**
 * What the images are called.
 *
 * <p>Always in full, registry first: podman writes {@code localhost/} before a shorter name, and
 * the kubelet, which reads {@code podlab/…} as {@code docker.io/podlab/…}, would not find it.
 *
 * @param registry a registry's host, with port and path if it has them
 * @param aliasTraining whether the training's own names are added
 */
record Naming(String registry, String tag, boolean aliasTraining) {
  static final String DEFAULT_REGISTRY = "docker.io";

  Naming {
    ImageName.registry(registry);
    ImageName.tag(tag);
  }

  /** The name under which it is built and pushed. */
  String name(Service service) {
    return registry + "/podlab/" + service.title() + ":" + tag;
  }

  /** The training's names for what this service stands in for. They are never pushed. */
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
