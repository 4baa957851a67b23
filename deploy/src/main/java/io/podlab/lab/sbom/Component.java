package io.podlab.lab.sbom;

import java.util.Optional;

/**
 * A part of an image or of the lab program.
 *
 * @param type a type of CycloneDX, such as {@code library}
 * @param ref identifies the part in its SBOM
 * @param group the Maven group
 * @param supplier the organization that published the part
 * @param license an SPDX expression; absent for a file that the build generated
 * @param purl a package URL
 * @param location a path in the image, or in the folder of the package
 */
record Component(
    String type,
    String ref,
    Optional<String> supplier,
    Optional<String> group,
    String name,
    String version,
    Optional<String> license,
    Optional<String> purl,
    Optional<String> location) {

  /** A part that is not from Maven or Debian. */
  static Component of(String type, String name, String version, String license) {
    return new Component(
        type,
        name + "@" + version,
        Optional.empty(),
        Optional.empty(),
        name,
        version,
        Optional.of(license),
        Optional.empty(),
        Optional.empty());
  }

  Component suppliedBy(String organization) {
    return new Component(
        type, ref, Optional.of(organization), group, name, version, license, purl, location);
  }

  Component at(String path) {
    return new Component(
        type, ref, supplier, group, name, version, license, purl, Optional.of(path));
  }

  boolean isLibrary() {
    return type.equals("library");
  }
}
