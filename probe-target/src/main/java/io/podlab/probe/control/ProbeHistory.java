package io.podlab.probe.control;

import io.podlab.kit.http.PlainText;
import io.podlab.probe.answer.History;
import io.podlab.probe.answer.Probe;
import io.podlab.probe.answer.Uptime;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The last requests to a probe; the last one is the newest. */
@Schema(name = "History")
public record ProbeHistory(
    String probe,
    @Schema(description = "Number of requests since the start; the history has the last 200")
        long hits,
    List<SeenProbe> seen,
    @Schema(description = "The kinds of probes that the history does not include") String note)
    implements PlainText {
  static final String NOTE =
      "exec probes and refused tcp connections do not reach this program, so they are not listed";

  static ProbeHistory of(Probe probe, Uptime uptime) {
    return new ProbeHistory(
        probe.type().label(),
        probe.history().count(),
        probe.history().last().stream().map(request -> SeenProbe.of(request, uptime)).toList(),
        NOTE);
  }

  @Override
  public String plainText() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(SeenProbe.COLUMNS);
    seen.forEach(one -> rows.add(one.row()));
    String which =
        hits <= History.KEPT
            ? "%d %s %s".formatted(hits, probe, hits == 1 ? "probe" : "probes")
            : "last %d of %d %s probes".formatted(seen.size(), hits, probe);
    return (seen.isEmpty() ? "" : Table.of(rows) + "\n") + which + "; " + NOTE + "\n";
  }
}
