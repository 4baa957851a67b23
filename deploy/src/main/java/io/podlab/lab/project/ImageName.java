package io.podlab.lab.project;

import io.podlab.lab.Failure;
import java.util.regex.Pattern;

/**
 * The parts of an image's name that a person can choose, by the grammar of references
 * (https://github.com/distribution/reference).
 */
public final class ImageName {
  private static final Pattern REGISTRY =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private ImageName() {}

  /**
   * What stands before {@code podlab/}.
   *
   * @throws Failure (usage) if it is not {@code host[:port][/path]}
   */
  public static String registry(String text) {
    if (!REGISTRY.matcher(text).matches()) {
      throw Failure.usage(
          "--registry '"
              + text
              + "' is not a registry: use host[:port][/path], for example ghcr.io/me");
    }
    return text;
  }

  /**
   * What stands behind the colon.
   *
   * @throws Failure (usage) if it is no tag
   */
  public static String tag(String text) {
    if (!TAG.matcher(text).matches()) {
      throw Failure.usage(
          "--tag '" + text + "' is not a tag: use up to 128 letters, digits, '_', '.' and '-'");
    }
    return text;
  }
}
