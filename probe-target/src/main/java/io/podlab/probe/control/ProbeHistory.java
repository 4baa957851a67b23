package io.podlab.probe.control;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.podlab.kit.http.PlainText;
import io.podlab.probe.probe.History;
import io.podlab.probe.probe.Probe;
import io.podlab.probe.probe.Uptime;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The probes of a kind that came last, the latest at the end. */
@Schema(name = "History")
public record ProbeHistory(
    @JsonProperty String probe,
    @Schema(description = "Of all since the start; the last 200 are kept") @JsonProperty long hits,
    @JsonProperty List<SeenProbe> seen,
    @Schema(description = "What is not seen") @JsonProperty String note)
    implements PlainText {
  static final String NOTE =
      "exec probes and refused tcp connections never come to this program, and are not listed";

  static ProbeHistory of(Probe probe, Uptime uptime) {
    return new ProbeHistory(
        probe.type().word(),
        probe.history().count(),
        probe.history().last().stream().map(visit -> SeenProbe.of(visit, uptime)).toList(),
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
            : "the last %d of %d %s probes".formatted(seen.size(), hits, probe);
    return (seen.isEmpty() ? "" : Table.of(rows) + "\n") + which + "; " + NOTE + "\n";
  }
}
