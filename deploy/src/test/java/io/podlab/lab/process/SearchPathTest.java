package io.podlab.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchPathTest {
  @TempDir Path first;
  @TempDir Path second;

  @Test
  void findsTheProgramInTheFirstFolderThatHasIt() throws IOException {
    // Given
    program(first.resolve("both"));
    program(second.resolve("both"));
    Path onlyThere = program(second.resolve("one"));
    SearchPath searchPath = new SearchPath(List.of(first, second));
    // When, Then
    assertThat(searchPath.find("both")).contains(first.resolve("both"));
    assertThat(searchPath.find("one")).contains(onlyThere);
  }

  @Test
  void takesNeitherFoldersNorFilesThatAreNoPrograms() throws IOException {
    // Given
    Files.createDirectory(first.resolve("folder"));
    Files.createFile(first.resolve("text"));
    SearchPath searchPath = new SearchPath(List.of(first));
    // When, Then
    assertThat(searchPath.find("folder")).isEmpty();
    assertThat(searchPath.find("text")).isEmpty();
  }

  @Test
  void takesANameWithASlashAsAPath() throws IOException {
    // Given
    Path elsewhere = program(second.resolve("tool"));
    // When, Then
    assertThat(new SearchPath(List.of(first)).find(elsewhere.toString())).contains(elsewhere);
  }

  @Test
  void leavesOutTheEmptyPartsOfPath() {
    // Given
    String path = "/a" + File.pathSeparator + File.pathSeparator + "/b";
    // When, Then
    assertThat(SearchPath.parse(path).folders()).containsExactly(Path.of("/a"), Path.of("/b"));
  }

  private static Path program(Path path) throws IOException {
    Files.createFile(path);
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return path;
  }
}
