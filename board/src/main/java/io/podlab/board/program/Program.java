package io.podlab.board.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.moment.Programs;
import io.podlab.board.program.EventStream.ServerSent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows the addresses and the report format of a program, without any I/O. */
interface Program {
  /**
   * @param name one of {@link Programs}
   */
  static Program named(String name) {
    return name.equals(Programs.DEMO_APP) ? new DemoApp() : new ProbeTarget();
  }

  /** The path of a JSON object that identifies the program; requested first. */
  String overview();

  /** The paths of the streams. Each stream starts with the history that the program keeps. */
  List<String> streams();

  /** The silence on a stream after which the connection counts as lost. */
  Duration patience();

  /** The time of the program's clock, if the overview contains it. */
  Optional<Instant> now(JsonNode overview);

  /** Whether the report is older than the overview; other reports arrive when they happen. */
  boolean isHistory(JsonNode overview, Report report);

  /** Empty if the event is invalid or not a moment. */
  Optional<Report> report(Run run, String stream, ServerSent event);
}
