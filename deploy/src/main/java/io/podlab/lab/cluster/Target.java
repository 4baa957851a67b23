package io.podlab.lab.cluster;

import io.podlab.lab.Failure;
import java.util.regex.Pattern;

/**
 * What the user wants to be different from deploy/base.
 *
 * @param namespace where everything goes
 * @param tag of the images; null for that of deploy/base
 * @param registry what stands before {@code podlab/} in the images' names; null for nothing
 */
record Target(String namespace, String tag, String registry) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern REGISTRY =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(:\\d+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

  Target {
    refuseUnless(NAMESPACE.matcher(namespace).matches(), "namespace", namespace);
    refuseUnless(tag == null || TAG.matcher(tag).matches(), "tag of an image", tag);
    refuseUnless(
        registry == null || REGISTRY.matcher(registry).matches(),
        "registry (as registry.example.org/team)",
        registry);
  }

  private static void refuseUnless(boolean valid, String what, String value) {
    if (!valid) {
      throw Failure.usage("'" + value + "' cannot be the name of a " + what);
    }
  }
}
