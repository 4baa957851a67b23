package io.podlab.demo.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  @TempDir Path top;
  private Path directory;

  @BeforeEach
  void aDirectoryAsTheKubeletMakesIt() throws IOException {
    directory = Files.createDirectories(top.resolve("content"));
    Path data = Files.createDirectories(directory.resolve("..2026_03_01_12_00_00.1"));
    Files.writeString(data.resolve("index.html"), "first");
    Files.createSymbolicLink(directory.resolve("..data"), data.getFileName());
    Files.createSymbolicLink(directory.resolve("index.html"), Path.of("..data/index.html"));
    Files.createDirectories(directory.resolve("below/.git"));
    Files.writeString(directory.resolve("below/page.txt"), "page");
    Files.writeString(directory.resolve("below/.git/config"), "secret");
    Files.writeString(directory.resolve(".hidden"), "secret");
    Files.writeString(top.resolve("outside"), "secret");
    Files.createDirectories(top.resolve("content-of-another"));
    Files.writeString(top.resolve("content-of-another/file"), "secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "below/page.txt", "below//page.txt"})
  void isAFileBelowTheDirectory(String asked) {
    assertThat(Entry.find(directory, asked))
        .hasValueSatisfying(
            entry ->
                assertThat(entry.path()).isRegularFile().matches(path -> !entry.isDirectory()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "below"})
  void isADirectory(String asked) {
    assertThat(Entry.find(directory, asked))
        .hasValueSatisfying(entry -> assertThat(entry.isDirectory()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "below/page.txt/more",
        "..",
        "../outside",
        "below/../../outside",
        "below/../index.html",
        ".hidden",
        "..data/index.html",
        "..data",
        "below/.git/config",
        "below/.git",
        ".",
        "\0",
      })
  void isNothingHiddenOrAbove(String asked) {
    assertThat(Entry.find(directory, asked)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../outside", "..", "../content-of-another/file"})
  void isNothingThatALinkLeadsToOutside(String target) throws IOException {
    // Given
    Files.createSymbolicLink(directory.resolve("link"), Path.of(target));

    // Then
    assertThat(Entry.find(directory, "link")).isEmpty();
    assertThat(Entry.find(directory, "link/outside")).isEmpty();
  }

  @Test
  void isWhatALinkOfTheDirectoryItselfLeadsToNow() throws IOException {
    // Given: changed in the way of a git-sync container
    Path link = Files.createSymbolicLink(top.resolve("link"), directory);

    // Then
    assertThat(Entry.find(link, "index.html")).isPresent();
    assertThat(Entry.find(link, "../outside")).isEmpty();
  }

  @Test
  void isNotThereBeforeTheDirectoryIs() {
    assertThat(Entry.find(top.resolve("later"), "index.html")).isEmpty();
  }

  @Test
  void isListedUnlessHiddenOrOutside() throws IOException {
    // Given
    Files.createSymbolicLink(directory.resolve("link"), top.resolve("outside"));

    // When
    Listing listing = Listing.of(directory, "", directory).orElseThrow();

    // Then
    assertThat(listing).isEqualTo(new Listing(java.util.List.of("below/", "index.html"), true));
    assertThat(listing.plainText()).isEqualTo("below/\nindex.html\n");
  }

  @Test
  void isListedBelow() {
    assertThat(Listing.of(directory, "below", directory.resolve("below")).orElseThrow().entries())
        .containsExactly("page.txt");
  }

  @Test
  void isListedUpToABound() throws IOException {
    // Given
    Path many = Files.createDirectories(directory.resolve("many"));
    for (int i : IntStream.range(0, 1001).toArray()) {
      Files.createFile(many.resolve("file" + i));
    }

    // When
    Listing listing = Listing.of(directory, "many", many).orElseThrow();

    // Then
    assertThat(listing.entries()).hasSize(1000);
    assertThat(listing.complete()).isFalse();
    assertThat(listing.plainText()).endsWith("\n… (more than 1000 names)\n");
  }
}
