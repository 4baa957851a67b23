package io.podlab.probe.control;

import java.util.List;

/** Formats a table for terminals, with two spaces between columns. */
final class Table {
  private static final int GAP = 2;

  private Table() {}

  /** Formats one line per row; the first row has the column names. */
  static String of(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length() + GAP);
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        line.append(row.get(column)).append(" ".repeat(widths[column] - row.get(column).length()));
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }
}
