package io.podlab.demo.faults;

import io.podlab.kit.http.PlainText;
import java.util.List;

/** The active faults. */
public record FaultList(List<ActiveFault> active) implements PlainText {
  private static final String ROW = "%-8s  %-24s  %-24s  %s";

  public FaultList {
    active = List.copyOf(active);
  }

  @Override
  public String plainText() {
    if (active.isEmpty()) {
      return "no fault is active\n";
    }
    StringBuilder table = new StringBuilder();
    append(table, "FAULT", "SINCE", "UNTIL", "DETAIL");
    active.forEach(
        fault -> append(table, fault.fault(), fault.since(), fault.until(), fault.detail()));
    return table.toString();
  }

  private static void append(StringBuilder table, Object... cells) {
    table.append(ROW.formatted(cells).stripTrailing()).append('\n');
  }
}
