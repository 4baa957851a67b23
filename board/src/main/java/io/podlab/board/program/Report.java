package io.podlab.board.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.board.moment.Kind;
import io.podlab.board.moment.Observed;
import io.podlab.board.moment.Source;
import io.podlab.kit.text.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A report of a program.
 *
 * @param topic the kind of report; numbers increase within a topic
 * @param observed the moment, by the program's clock
 */
record Report(String topic, long number, Observed observed) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_DETAIL = 120;

  /** Empty if the text is not a JSON object. */
  static Optional<JsonNode> parse(String json) {
    try {
      return Optional.ofNullable(JSON.readTree(json)).filter(JsonNode::isObject);
    } catch (JsonProcessingException garbage) {
      return Optional.empty();
    }
  }

  static Optional<Instant> time(JsonNode json, String field) {
    try {
      return Optional.of(Instant.parse(json.path(field).asText("")).truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** A field as one line of limited length. */
  static String text(JsonNode json, String field) {
    return Printable.line(json.path(field).asText(""), LONGEST_DETAIL);
  }

  static Observed observed(Run run, Kind kind, Instant at, String text) {
    return Observed.of(run.uid(), kind, Source.PROGRAM, Optional.of(at), text)
        .ofContainer(run.container());
  }
}
