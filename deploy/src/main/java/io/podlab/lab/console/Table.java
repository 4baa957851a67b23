package io.podlab.lab.console;

import java.util.ArrayList;
import java.util.List;

/** Formats rows as text columns. */
final class Table {
  private Table() {}

  static List<String> lines(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = width(row.get(column));
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(width, widths.get(column)));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths.get(column) - width(cell) + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  /** The width in terminal columns. An ideograph has two. */
  private static int width(String text) {
    return text.codePoints().map(character -> isWide(character) ? 2 : 1).sum();
  }

  /** The part of Unicode's East Asian width that Chinese titles need. */
  private static boolean isWide(int character) {
    return Character.isIdeographic(character)
        || character >= 0x3000 && character <= 0x303f
        || character >= 0xff01 && character <= 0xff60;
  }
}
