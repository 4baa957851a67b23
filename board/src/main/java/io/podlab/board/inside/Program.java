package io.podlab.board.inside;

import com.fasterxml.jackson.databind.JsonNode;
import io.podlab.board.inside.EventStream.ServerSent;
import io.podlab.board.moment.Programs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a program reports, where, and what it means: no input or output of its own. */
interface Program {
  /**
   * @param name one of {@link Programs}
   */
  static Program named(String name) {
    return name.equals(Programs.DEMO_APP) ? new DemoApp() : new ProbeTarget();
  }

  /** The path of a JSON object that only this program has; asked for once, first. */
  String overview();

  /** The paths of its streams. Each begins with what the program still knows. */
  List<String> streams();

  /** How long nothing may come on a stream before the connection is taken for lost. */
  Duration patience();

  /** What time it is by the program's clock, if the overview says so. */
  Optional<Instant> now(JsonNode overview);

  /** Whether it was before the overview; what was not comes at the moment it happens. */
  boolean isHistory(JsonNode overview, Report report);

  /** Empty if it is garbage, or not a moment. */
  Optional<Report> report(Run run, String stream, ServerSent event);
}
