package io.podlab.board.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.PodState;
import io.podlab.board.moment.Source;
import io.podlab.board.timeline.Lane;
import io.podlab.board.timeline.Moment;
import io.podlab.board.timeline.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds a recording for a test. */
final class RecordingFile {
  static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final List<Lane> lanes = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private Instant seenFrom;

  RecordingFile lane(String kind, String name, String owner, String program) {
    lanes.add(
        new Lane(
            kind.equals("Board") ? "board/default" : name,
            kind,
            "default",
            name,
            owner,
            Map.of("app", name.replaceAll("-.*", "")),
            null,
            program,
            null,
            kind.equals("Service") ? List.of() : null));
    return this;
  }

  RecordingFile moment(
      double second, String lane, Kind kind, Source source, PodState state, String text) {
    Instant time = BEGIN.plusMillis(Math.round(second * 1000));
    moments.add(
        new Moment(
            moments.size() + 1,
            time.getEpochSecond(),
            time,
            time,
            time,
            false,
            source,
            kind,
            lane,
            "default",
            "Pod/" + lane,
            state,
            null,
            switch (kind) {
              case ENDPOINT_IN, ENDPOINT_OUT, SERVING_WHILE_TERMINATING -> text;
              default -> null;
            },
            null,
            text));
    return this;
  }

  /** A pod that becomes ready. */
  RecordingFile ready(double second, String name, String owner) {
    return lane("Pod", name, owner, "demo-app")
        .moment(second, name, Kind.CREATED, Source.PODS, PodState.PENDING, "Created")
        .moment(second + 5, name, Kind.READY, Source.PODS, PodState.READY, "Ready");
  }

  RecordingFile seenFrom(double second) {
    seenFrom = BEGIN.plusMillis(Math.round(second * 1000));
    return this;
  }

  Path write(Path directory) throws IOException {
    Path file = directory.resolve("recording.json");
    new ObjectMapper()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .writeValue(
            file.toFile(),
            new Recording(
                Recording.FORMAT,
                "Test",
                BEGIN,
                BEGIN.plusSeconds(60),
                seenFrom,
                0,
                lanes,
                moments));
    return file.toAbsolutePath();
  }
}
