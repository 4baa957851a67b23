package io.podlab.board.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.Source;
import io.podlab.kit.testing.SettableClock;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingFileTest {
  private static final Path GOOD = Path.of("src/test/resources/two-pods.json");

  @TempDir Path folder;

  private static Recording parse(String text) throws IOException {
    return RecordingFile.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsARecording() {
    assertThat(RecordingFile.read(GOOD).moments()).hasSize(5);
  }

  @Test
  void hasASampleWithASampleTitle() {
    assertThat(RecordingFile.sample().title()).containsIgnoringCase("sample");
    assertThat(RecordingFile.sample().moments()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          podlab-recording/1            | podlab-recording/9            | format
          "title": "lab, other"         | "titel": "lab, other"         | line
          "dropped": 0                  | "dropped": -1                 | dropped
          "to": "2026-03-01T12:00:00.750Z" | "to": "2026-03-01T11:00:00Z" | from is after to
          "to": "2026-03-01T12:00:00.750Z" | "to": "0001-03-01T11:00:00Z" | to is not a time
          "uid": "b"                    | "uid": "a"                    | lane a appears twice
          "lane": "b"                   | "lane": "z"                   | moment 3 refers to an unknown lane
          "id": 2                       | "id": 1                       | moment 1: ids
          "id": 2                       | "id": 0                       | moment 0: ids
          "kind": "terminated"          | "kind": "exploded"            | line
          "source": "endpoints"         | "source": null                | source
          "seen": "2026-03-01T12:00:00.750Z" | "seen": null             | seen
          "order": 1772366400           | "order": 1                    | order
          "object": "Service/web"       | "object": "Service/other"     | object
          "text": "in"                  | "text": "\\u001b[2J"          | control characters
          "text": "in"                  | "text": null                  | text is missing
          "lanes": [                    | "lanes": null, "x": [         | line
          """)
  void reportsTheInvalidPart(String right, String wrong, String said) throws IOException {
    // Given
    String good = Files.readString(GOOD);
    assertThat(good).contains(right);
    Path file = folder.resolve("bad.json");
    Files.writeString(file, good.replace(right, wrong));

    // Then
    assertThatThrownBy(() -> RecordingFile.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("LAB_BOARD_RECORDING is invalid: ")
        .hasMessageContaining(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "<html>", "{\"format\":\"podlab-recording/1\"}"})
  void refusesOtherFiles(String text) throws IOException {
    // Given
    Path file = Files.writeString(folder.resolve("bad.json"), text);

    // Then
    assertThatThrownBy(() -> RecordingFile.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(".*not a (valid )?recording.*");
  }

  @Test
  void doesNotReadAFileThatIsTooLarge() throws IOException {
    // Given
    Path file = folder.resolve("large.json");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(150_000_000);
    }

    // Then
    assertThatThrownBy(() -> RecordingFile.read(file)).hasMessageContainingAll("150 MB", "100 MB");
  }

  @Test
  void readsBackWhatTheBoardWritesAtItsLimits() throws IOException {
    // Given
    SettableClock clock = new SettableClock();
    Timeline timeline = new Timeline(clock);
    List<String> namespaces = IntStream.range(10, 30).mapToObj(i -> "n".repeat(61) + i).toList();
    timeline.describe(String.join(", ", namespaces), namespaces);
    Map<String, String> labels = new HashMap<>();
    IntStream.range(100, 310)
        .forEach(i -> labels.put("p".repeat(250) + i + "/" + "k".repeat(63), "v".repeat(63)));
    for (int i = 0; i < Timeline.MOST_PODS; i++) {
      timeline.lane(
          new Lane(
              "uid-" + i,
              "Pod",
              namespaces.get(i % 20),
              "n".repeat(253),
              "StatefulSet/" + "o".repeat(253),
              i == 0 ? labels : Map.of(),
              "m".repeat(253),
              null,
              null,
              null));
    }
    for (int i = 0; i <= Timeline.MOST_MOMENTS; i++) {
      timeline.add(
          Observed.of(
              "uid-" + i % 500,
              Kind.WARNING,
              Source.EVENTS,
              Optional.of(Instant.parse("2300-01-01T00:00:00Z")),
              "é".repeat(400)));
    }

    // When
    timeline.correctClock(Duration.ofMinutes(-5));
    Recording recording = timeline.recording();
    String content =
        new RecordingJson(
                JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build())
            .lines(recording)
            .collect(Collectors.joining());

    // Then
    Path file = Files.writeString(folder.resolve("recording.json"), content);
    assertThat(Files.size(file)).isGreaterThan(20_000_000);
    assertThat(RecordingFile.read(file)).isEqualTo(recording);
    assertThat(recording.to()).isEqualTo(clock.instant());
  }

  @Test
  void reportsAMissingFile() {
    assertThatThrownBy(() -> RecordingFile.read(folder.resolve("none.json")))
        .hasMessageContaining("is not a file");
  }

  @Test
  void refusesTooManyMoments() throws IOException {
    // Given
    String good = Files.readString(GOOD);
    String moment =
        good.substring(
            good.indexOf("{", good.indexOf("\"moments\"")),
            good.indexOf("}", good.indexOf("\"moments\"")) + 1);
    StringBuilder many = new StringBuilder(moment);
    for (int id = 2; id <= Timeline.MOST_MOMENTS + 1; id++) {
      many.append(',').append(moment.replace("\"id\": 1,", "\"id\": " + id + ","));
    }
    String text =
        good.substring(0, good.indexOf("[", good.indexOf("\"moments\"")) + 1) + many + "]}";

    // Then
    assertThatThrownBy(() -> parse(text)).hasMessageContaining("more than 20000 moments");
  }
}
