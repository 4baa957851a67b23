package io.podlab.token.kubeadm;

import io.podlab.kit.text.Printable;
import io.podlab.token.bootstrap.BootstrapToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of {@code kubeadm token list} (cmd/kubeadm/app/cmd/token.go). A column is as wide as
 * its widest cell plus three blanks, and at least ten. Without tokens the text is empty.
 */
final class TokenTable {
  private static final List<String> HEADER =
      List.of("TOKEN", "TTL", "EXPIRES", "USAGES", "DESCRIPTION", "EXTRA GROUPS");
  private static final int NARROWEST = 10;
  private static final int GAP = 3;

  private TokenTable() {}

  static String of(List<BootstrapToken> tokens, Instant now) {
    if (tokens.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    tokens.forEach(token -> rows.add(row(token, now)));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        int needed = row.get(column).codePointCount(0, row.get(column).length()) + GAP;
        widths[column] = Math.max(Math.max(NARROWEST, needed), widths[column]);
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        table.append(cell);
        if (column < widths.length - 1) {
          table.append(" ".repeat(widths[column] - cell.codePointCount(0, cell.length())));
        }
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static List<String> row(BootstrapToken token, Instant now) {
    return List.of(
        token.value(),
        token
            .expires()
            .map(expires -> shortHuman(Duration.between(now, expires)))
            .orElse("<forever>"),
        token.expires().map(Instant::toString).orElse("<never>"),
        orNone(String.join(",", token.usages())),
        orNone(token.description()),
        orNone(String.join(",", token.groups())));
  }

  /** Replaces control characters: on a cluster, others may have written the text. */
  static String orNone(String text) {
    return text.isEmpty() ? "<none>" : Printable.line(text);
  }

  /**
   * The largest whole unit, rounded down (apimachinery's duration.ShortHumanDuration, which shows
   * less than two seconds in the past as 0s).
   */
  static String shortHuman(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(-2)) <= 0) {
      return "<invalid>";
    }
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 60 * 60) {
      return seconds / 60 + "m";
    }
    long hours = seconds / (60 * 60);
    if (hours < 24) {
      return hours + "h";
    }
    return hours < 24 * 365 ? hours / 24 + "d" : hours / (24 * 365) + "y";
  }
}
