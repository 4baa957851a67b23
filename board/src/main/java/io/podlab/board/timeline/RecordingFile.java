package io.podlab.board.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.kit.text.Printable;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and validates recordings: they come from untrusted sources. */
public final class RecordingFile {
  /** More than the largest recording that a board writes. */
  static final long MOST_BYTES = 100_000_000;

  private static final String SAMPLE = "/io/podlab/board/sample-recording.json";

  /** The name of an object (253 characters) and its kind (63). */
  private static final int LONGEST_NAME = 320;

  /** The limit of a moment's text, of a title with 20 namespaces, and of a label with a prefix. */
  private static final int LONGEST_TEXT = 4_000;

  private static final int MOST_ENDPOINTS = 5_000;
  private static final Instant EARLIEST = Instant.parse("2014-06-07T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  /** The largest integer that JavaScript represents exactly. */
  private static final long HIGHEST_ID = 1L << 53;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RecordingFile() {}

  /**
   * @throws ConfigurationException if the file is not a valid recording; the message says why
   */
  public static Recording read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw refused(file, "is not a file; use the path of a file saved from /recording.json");
      }
      long bytes = Files.size(file);
      if (bytes > MOST_BYTES) {
        throw refused(
            file,
            "is too large (%d MB); use a recording of at most %d MB"
                .formatted(bytes / 1_000_000, MOST_BYTES / 1_000_000));
      }
      try (InputStream content = Files.newInputStream(file)) {
        return parse(content);
      }
    } catch (JsonProcessingException e) {
      throw refused(
          file,
          "is not a recording (error in line %d, column %d); use a file saved from /recording.json"
              .formatted(
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
    } catch (IllegalArgumentException e) {
      throw refused(
          file,
          "is not a valid recording (%s); use a file saved from /recording.json"
              .formatted(e.getMessage()));
    } catch (IOException | SecurityException e) {
      throw refused(file, "cannot be read; check its permissions");
    }
  }

  private static ConfigurationException refused(Path file, String why) {
    return new ConfigurationException(
        "LAB_BOARD_RECORDING is invalid: '%s' %s"
            .formatted(Printable.line(file.toString(), LONGEST_NAME), why));
  }

  /** The sample recording in the board's jar. */
  public static Recording sample() {
    try (InputStream content = RecordingFile.class.getResourceAsStream(SAMPLE)) {
      return parse(content);
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /**
   * @throws IllegalArgumentException if it is not a valid recording; the message says why
   */
  static Recording parse(InputStream content) throws IOException {
    Recording recording = JSON.readValue(content, Recording.class);
    require(
        recording != null && Recording.FORMAT.equals(recording.format()),
        "format is not " + Recording.FORMAT);
    bounded(recording.title(), LONGEST_TEXT, "title");
    time(recording.from(), "from");
    time(recording.to(), "to");
    if (recording.seenFrom() != null) {
      time(recording.seenFrom(), "seenFrom");
    }
    require(!recording.from().isAfter(recording.to()), "from is after to");
    require(recording.dropped() >= 0, "dropped is less than 0");
    Map<String, Lane> lanes = lanes(recording.lanes());
    require(
        recording.moments().size() <= Timeline.MOST_MOMENTS,
        "more than %d moments".formatted(Timeline.MOST_MOMENTS));
    Set<Long> ids = new HashSet<>();
    for (Moment moment : recording.moments()) {
      String what = "moment " + moment.id();
      require(
          moment.id() > 0 && moment.id() <= HIGHEST_ID && ids.add(moment.id()),
          what + ": ids must be unique positive integers");
      check(moment, lanes.get(moment.lane()), recording.to(), what);
    }
    return recording;
  }

  private static Map<String, Lane> lanes(List<Lane> all) {
    Map<String, Lane> lanes = new HashMap<>();
    for (Lane lane : all) {
      name(lane.uid(), "the uid of a lane");
      String what = "lane " + lane.uid();
      name(lane.kind(), what + ": kind");
      name(lane.namespace(), what + ": namespace");
      name(lane.name(), what + ": name");
      optional(lane.owner(), LONGEST_NAME, what + ": owner");
      optional(lane.node(), LONGEST_NAME, what + ": node");
      optional(lane.program(), LONGEST_NAME, what + ": program");
      require(lane.labels().size() <= Lane.MOST_LABELS, what + " has too many labels");
      lane.labels()
          .forEach(
              (key, value) -> {
                bounded(key, LONGEST_TEXT, what + ": a label");
                bounded(value, LONGEST_TEXT, what + ": a label");
              });
      if (lane.endpoints() != null) {
        require(lane.endpoints().size() <= MOST_ENDPOINTS, what + " has too many endpoints");
        lane.endpoints().forEach(one -> name(one, what + ": an endpoint"));
      }
      require(lanes.put(lane.uid(), lane) == null, what + " appears twice");
    }
    long pods = all.stream().filter(Lane::isPod).count();
    require(
        pods <= Timeline.MOST_PODS && all.size() - pods <= Timeline.MOST_PODS,
        "more than %d pods or more than %1$d other objects".formatted(Timeline.MOST_PODS));
    return lanes;
  }

  private static void check(Moment moment, Lane lane, Instant end, String what) {
    require(lane != null, what + " refers to an unknown lane");
    time(moment.time(), what + ": time");
    time(moment.seen(), what + ": seen");
    if (moment.apiTime() != null) {
      time(moment.apiTime(), what + ": apiTime");
    }
    require(!moment.time().isAfter(end) && !moment.seen().isAfter(end), what + " is after the end");
    require(
        moment.order() >= EARLIEST.getEpochSecond() && moment.order() <= LATEST.getEpochSecond(),
        what + ": order is not a time");
    require(moment.source() != null && moment.kind() != null, what + ": source or kind is missing");
    require(
        lane.namespace().equals(moment.namespace())
            && (lane.kind() + "/" + lane.name()).equals(moment.object()),
        what + ": namespace or object differs from its lane");
    optional(moment.container(), LONGEST_NAME, what + ": container");
    optional(moment.endpoint(), LONGEST_NAME, what + ": endpoint");
    bounded(moment.text(), LONGEST_TEXT, what + ": text");
  }

  private static void time(Instant time, String what) {
    require(time != null && isTime(time), what + " is not a time between 2014 and 2200");
  }

  /** Whether the time is plausible; an Event can contain any time. */
  static boolean isTime(Instant time) {
    return time.isAfter(EARLIEST) && time.isBefore(LATEST);
  }

  private static void name(String value, String what) {
    bounded(value, LONGEST_NAME, what);
  }

  private static void bounded(String value, int longest, String what) {
    require(value != null, what + " is missing");
    optional(value, longest, what);
  }

  private static void optional(String value, int longest, String what) {
    require(
        value == null || value.length() <= longest && value.equals(Printable.line(value)),
        what + " is too long or contains control characters");
  }

  private static void require(boolean valid, String message) {
    if (!valid) {
      throw new IllegalArgumentException(Printable.line(message, LONGEST_NAME));
    }
  }
}
