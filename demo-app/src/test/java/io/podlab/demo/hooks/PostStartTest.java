package io.podlab.demo.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.podlab.demo.lifecycle.Lifecycle;
import io.podlab.demo.lifecycle.Lifecycles;
import io.podlab.demo.lifecycle.Milestone;
import io.podlab.demo.lifecycle.Occurrence;
import io.podlab.kit.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostStartTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;
  private final Lifecycle lifecycle = Lifecycles.of(new SettableClock(), new SimpleMeterRegistry());
  private Path file;
  private PostStart postStart;

  @BeforeEach
  void watch() {
    file = directory.resolve("message");
    postStart = new PostStart(new MarkerFile(file), lifecycle, START);
  }

  @Test
  void isSeenOnceWhoeverWroteIt() throws IOException {
    // Given
    postStart.look();
    written("Hello\n", START.plusSeconds(1));

    // When
    postStart.look();
    postStart.look();

    // Then
    assertThat(seen()).containsExactly("Hello");
  }

  @Test
  void isSeenAgainWhenItIsWrittenAgain() throws IOException {
    // Given
    written("Hello\n", START.plusSeconds(1));
    postStart.look();

    // When
    written("Hello\n", START.plusSeconds(2));
    postStart.look();

    // Then
    assertThat(seen()).containsExactly("Hello", "Hello");
  }

  @Test
  void isNotWhatAnEarlierContainerHasLeft() throws IOException {
    // Given
    written("Hello\n", START.minusSeconds(1));

    // When
    postStart.look();

    // Then
    assertThat(seen()).isEmpty();
  }

  @Test
  void isNotAFileThatTheShellHasOnlyMade() throws IOException {
    // Given
    written("", START.plusSeconds(1));

    // When
    postStart.look();

    // Then
    assertThat(seen()).isEmpty();
  }

  @Test
  void isReadUpToABound() throws IOException {
    // Given
    Files.write(file, new byte[MarkerFile.MOST_BYTES + 1]);

    // Then
    assertThat(new MarkerFile(file).read())
        .hasValueSatisfying(marker -> assertThat(marker.content()).hasSize(MarkerFile.MOST_BYTES));
  }

  @Test
  void isNoDirectory() {
    assertThat(new MarkerFile(directory).read()).isEmpty();
  }

  private void written(String content, Instant at) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private List<String> seen() {
    return lifecycle.timeline().events().stream()
        .filter(event -> event.event() == Milestone.POST_START)
        .map(Occurrence::detail)
        .flatMap(Optional::stream)
        .toList();
  }
}
