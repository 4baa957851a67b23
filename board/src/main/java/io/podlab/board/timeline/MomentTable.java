package io.podlab.board.timeline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Formats moments as a table for a terminal, newest last. */
final class MomentTable {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final String NONE = "-";
  private static final int GAP = 2;

  private final Recording recording;
  private final Optional<String> pod;
  private final boolean severalNamespaces;
  private final int[] widths;

  /**
   * @param pod the pod that the client asks for, if any
   */
  MomentTable(Recording recording, Optional<String> pod) {
    this.recording = recording;
    this.pod = pod;
    this.severalNamespaces =
        recording.moments().stream().map(Moment::namespace).distinct().limit(2).count() > 1;
    List<String> head = head();
    this.widths = new int[head.size()];
    widen(head);
    recording.moments().forEach(moment -> widen(row(moment)));
  }

  /** Produces the lines one by one, so that they need not be in memory together. */
  Stream<String> lines() {
    Stream<String> moments =
        recording.moments().isEmpty()
            ? Stream.empty()
            : Stream.concat(
                Stream.of(line(head())),
                Stream.concat(
                    recording.moments().stream().map(moment -> line(row(moment))),
                    Stream.of("\n")));
    return Stream.concat(moments, Stream.concat(unknownPod(), Stream.of(summary())));
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(List.of("TIME", "API TIME"));
    if (severalNamespaces) {
      head.add("NAMESPACE");
    }
    head.addAll(List.of("OBJECT", "KIND", "TEXT"));
    return head;
  }

  private List<String> row(Moment moment) {
    List<String> row = new ArrayList<>();
    row.add((moment.approximate() ? "~" : "") + MILLISECONDS.format(moment.time()));
    row.add(apiTime(moment.apiTime()));
    if (severalNamespaces) {
      row.add(moment.namespace());
    }
    row.addAll(List.of(moment.object(), moment.kind().label(), moment.text()));
    return row;
  }

  private static String apiTime(Instant time) {
    if (time == null) {
      return NONE;
    }
    return (time.getNano() == 0 ? SECONDS : MILLISECONDS).format(time);
  }

  private void widen(List<String> row) {
    for (int column = 0; column < widths.length; column++) {
      widths[column] = Math.max(widths[column], row.get(column).length() + GAP);
    }
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell);
      if (column < widths.length - 1) {
        line.append(" ".repeat(widths[column] - cell.length()));
      }
    }
    return line.append('\n').toString();
  }

  /** An empty table does not show whether the pod is unknown or only quiet. */
  private Stream<String> unknownPod() {
    return pod
        .filter(name -> recording.lanes().stream().noneMatch(Lane::isPod))
        .map("no pod named '%s' is known\n"::formatted)
        .stream();
  }

  private String summary() {
    int count = recording.moments().size();
    return "%s moment%s%s from %s to %s%s. Times are UTC by the API server's clock; ~ means approximate.\n"
        .formatted(
            count == 0 ? "no" : Integer.toString(count),
            count == 1 ? "" : "s",
            recording.title().isEmpty() ? "" : " (" + recording.title() + ")",
            recording.from(),
            recording.to(),
            recording.dropped() == 0
                ? ""
                : ", %d older ones dropped".formatted(recording.dropped()));
  }
}
