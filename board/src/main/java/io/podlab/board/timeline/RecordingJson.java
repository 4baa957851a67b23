package io.podlab.board.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a recording as JSON, with one lane or moment per line. */
final class RecordingJson {
  private final ObjectMapper mapper;

  RecordingJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Produces the lines one by one, so that they need not be in memory together. */
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
    // The iterator of flatMap would keep all lines in memory.
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
