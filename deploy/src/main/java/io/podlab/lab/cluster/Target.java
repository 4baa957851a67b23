package io.podlab.lab.cluster;

import io.podlab.lab.Failure;
import io.podlab.lab.project.ImageName;
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

  Target {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw Failure.usage(
          "--namespace '"
              + namespace
              + "' is not a namespace: use up to 63 lower-case letters, digits and, inside, '-'");
    }
    if (tag != null) {
      ImageName.tag(tag);
    }
    if (registry != null) {
      ImageName.registry(registry);
    }
  }
}
