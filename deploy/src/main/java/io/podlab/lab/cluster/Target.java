package io.podlab.lab.cluster;

import io.podlab.lab.Failure;
import io.podlab.lab.project.ImageName;
import java.util.regex.Pattern;

/**
 * How an installation differs from deploy/base.
 *
 * @param namespace the namespace of the objects
 * @param tag of the images; null for the tag in deploy/base
 * @param registry the prefix of {@code podlab/} in image names; null for none
 */
record Target(String namespace, String tag, String registry) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  Target {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw Failure.usage(
          "--namespace is invalid: '"
              + namespace
              + "' is not a namespace name; use up to 63 lowercase letters, digits and '-', such as"
              + " podlab-2");
    }
    if (tag != null) {
      ImageName.tag(tag);
    }
    if (registry != null) {
      ImageName.registry(registry);
    }
  }
}
