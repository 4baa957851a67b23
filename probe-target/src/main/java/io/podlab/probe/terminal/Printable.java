package io.podlab.probe.terminal;

/** Text from outside as a terminal may show it: nothing that is long or moves the cursor. */
public final class Printable {
  private Printable() {}

  /** On one line: control characters become question marks, and what is too long is cut. */
  public static String line(String text, int longest) {
    String plain = text.replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= longest ? plain : plain.substring(0, longest) + "…";
  }
}
