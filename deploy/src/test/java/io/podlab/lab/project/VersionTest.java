package io.podlab.lab.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A new version must be set everywhere; CONTRIBUTING.md has the command. */
class VersionTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String NUMBER = "(\\d+\\.\\d+\\.\\d+(?:-\\w+)?)";

  /** An image, the output of demo-app in a document, a parent POM, and a line of Chart.yaml. */
  private static final List<Pattern> MENTIONS =
      List.of(
          Pattern.compile("podlab/[a-z-]+:" + NUMBER),
          Pattern.compile(", version " + NUMBER),
          Pattern.compile("<artifactId>podlab</artifactId>\\s*<version>" + NUMBER),
          Pattern.compile("(?m)^version: " + NUMBER),
          Pattern.compile("(?m)^appVersion: " + NUMBER));

  /** The recordings of the board keep the version that they were made with. */
  private static final Set<String> SKIPPED = Set.of(".git", "target", "board/src");

  @Test
  void isTheSameInTheWholeProject() throws IOException {
    // Given
    String version = PomVersion.of(ROOT);
    List<String> others = new ArrayList<>();
    int[] mentions = new int[MENTIONS.size()];

    // When
    for (Path file : files()) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (int i = 0; i < mentions.length; i++) {
        for (MatchResult mention : MENTIONS.get(i).matcher(text).results().toList()) {
          mentions[i]++;
          if (!mention.group(1).equals(version)) {
            others.add(ROOT.relativize(file) + ": " + mention.group());
          }
        }
      }
    }

    // Then
    assertThat(others).isEmpty();
    assertThat(mentions).doesNotContain(0);
    assertThat(ROOT.resolve("CHANGELOG.md"))
        .content()
        .containsPattern("\\A# [^#]*## " + Pattern.quote(version) + "\\b");
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED.contains(folder.getFileName().toString())
                    || SKIPPED.contains(ROOT.relativize(folder).toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
