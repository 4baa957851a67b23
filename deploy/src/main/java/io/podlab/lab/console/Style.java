package io.podlab.lab.console;

/** How a line looks on a terminal with color, by ECMA-48's "select graphic rendition". */
public enum Style {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  CYAN("36");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String of(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
