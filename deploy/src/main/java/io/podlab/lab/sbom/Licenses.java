package io.podlab.lab.sbom;

import java.util.Map;

/** The SPDX ids of licenses that have another name in a POM, or that are not in a POM. */
final class Licenses {
  private static final Map<String, String> IDS_OF_NAMES =
      // Its text is that of the MIT license.
      Map.of("Bouncy Castle Licence", "MIT");

  /** The main license of each package. Its copyright file names the licenses of all its parts. */
  static final Map<String, String> OF_DEBIAN_PACKAGES =
      Map.of("busybox", "GPL-2.0-only", "libc6", "LGPL-2.1-or-later");

  static final String OF_JAVA = "GPL-2.0-with-classpath-exception";
  static final String OF_PODLAB = "Apache-2.0";

  private Licenses() {}

  /** The SPDX id of a license in a POM. */
  static String id(String name) {
    return known(IDS_OF_NAMES, name, "license");
  }

  static String ofDebianPackage(String name) {
    return known(OF_DEBIAN_PACKAGES, name, "Debian package");
  }

  private static String known(Map<String, String> licenses, String name, String what) {
    String license = licenses.get(name);
    if (license == null) {
      throw new IllegalArgumentException(
          "the " + what + " '" + name + "' has no SPDX id; add it to Licenses.java");
    }
    return license;
  }
}
