package io.podlab.board.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A recording as JSON, one lane or moment a line. */
final class RecordingJson {
  private final ObjectMapper mapper;

  RecordingJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** The lines one by one, so that nobody needs to hold all of them. */
  Stream<String> lines(Recording recording) {
    String head =
        "{\"format\":%s,\"title\":%s,\"from\":%s,\"to\":%s,%s\"dropped\":%d,\"lanes\":[\n"
            .formatted(
                json(recording.format()),
                json(recording.title()),
                json(recording.from()),
                json(recording.to()),
                recording.seenFrom() == null
                    ? ""
                    : "\"seenFrom\":%s,".formatted(json(recording.seenFrom())),
                recording.dropped());
    // Not flatMap, whose iterator would hold all lines.
    return Stream.concat(
        Stream.concat(Stream.of(head), elements(recording.lanes())),
        Stream.concat(
            Stream.concat(Stream.of("],\"moments\":[\n"), elements(recording.moments())),
            Stream.of("]}\n")));
  }

  private Stream<String> elements(List<?> list) {
    return IntStream.range(0, list.size())
        .mapToObj(i -> json(list.get(i)) + (i == list.size() - 1 ? "\n" : ",\n"));
  }

  private String json(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
