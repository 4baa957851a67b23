package io.podlab.lab.image;

import io.podlab.lab.Failure;
import io.podlab.lab.project.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

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

  // https://github.com/distribution/reference: domain [ "/" path ], and tag.
  private static final Pattern REGISTRY =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9._-]+)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  Naming {
    if (!REGISTRY.matcher(registry).matches()) {
      throw Failure.usage(
          "--registry '"
              + registry
              + "' is no registry: write host[:port][/path], for example ghcr.io/me");
    }
    if (!TAG.matcher(tag).matches()) {
      throw Failure.usage(
          "--tag '" + tag + "' is no tag: up to 128 letters, digits, '_', '.' and '-'");
    }
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
      case TOKEN_SERVICE, CONFIGMAP_SERVICE -> List.of();
    };
  }

  List<String> names(Service service) {
    List<String> names = new ArrayList<>();
    names.add(name(service));
    names.addAll(aliases(service));
    return names;
  }
}
