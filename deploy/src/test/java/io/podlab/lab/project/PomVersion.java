package io.podlab.lab.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version in the parent pom.xml. */
public final class PomVersion {
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>(.+)</version>$");

  private PomVersion() {}

  /**
   * @param root the folder with the parent pom.xml
   */
  public static String of(Path root) throws IOException {
    Matcher matcher = VERSION.matcher(Files.readString(root.resolve("pom.xml")));
    if (!matcher.find()) {
      throw new IllegalStateException("no version in " + root.resolve("pom.xml"));
    }
    return matcher.group(1);
  }
}
