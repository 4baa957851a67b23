package io.podlab.lab.project;

import io.podlab.lab.Failure;
import java.util.regex.Pattern;

/**
 * Validates the parts of an image name that the user can choose
 * (https://github.com/distribution/reference).
 */
public final class ImageName {
  private static final Pattern REGISTRY =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private ImageName() {}

  /**
   * Validates the prefix of {@code podlab/}.
   *
   * @throws Failure (usage) if it is not {@code host[:port][/path]}
   */
  public static String registry(String text) {
    if (!REGISTRY.matcher(text).matches()) {
      throw Failure.usage(
          "--registry is invalid: '"
              + text
              + "' is not a registry; use HOST[:PORT][/PATH], such as ghcr.io/me");
    }
    return text;
  }

  /**
   * Validates the part after the colon.
   *
   * @throws Failure (usage) if it is not a tag
   */
  public static String tag(String text) {
    if (!TAG.matcher(text).matches()) {
      throw Failure.usage(
          "--tag is invalid: '"
              + text
              + "' is not a tag; use up to 128 letters, digits, '_', '.' and '-', such as 1.0.0");
    }
    return text;
  }
}
