package io.podlab.config.settings;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A text that is at hand as a whole. The reader of the library takes a kilobyte at a time and
 * copies what it has each time, so that one word of three megabytes takes it seconds.
 */
final class WholeText extends StreamReader {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final int[] text;
  private int index;
  private int documentIndex;
  private int line;
  private int column;

  /**
   * @throws ReaderException for what no YAML may have in it
   */
  WholeText(String text) {
    super("");
    this.text = new int[text.codePointCount(0, text.length())];
    int at = 0;
    int lines = 1;
    for (int i = 0; i < this.text.length; i++) {
      this.text[i] = text.codePointAt(at);
      at += Character.charCount(this.text[i]);
      if (!isPrintable(this.text[i])) {
        throw new ReaderException(
            "text", i, this.text[i], "U+%04X in line %d".formatted(this.text[i], lines));
      }
      if (this.text[i] == '\n') {
        lines++;
      }
    }
  }

  @Override
  public Mark getMark() {
    return new Mark("text", index, line, column, text, index);
  }

  @Override
  public void forward() {
    forward(1);
  }

  @Override
  public void forward(int length) {
    for (int end = Math.min(text.length, index + length); index < end; ) {
      int passed = peek();
      move(1);
      switch (passed) {
        case '\n', 0x85, 0x2028, 0x2029 -> newLine();
        case '\r' -> {
          if (index < text.length && peek() == '\n') {
            column++;
          } else {
            newLine();
          }
        }
        case BYTE_ORDER_MARK -> {}
        default -> column++;
      }
    }
  }

  private void newLine() {
    line++;
    column = 0;
  }

  private void move(int length) {
    index += length;
    documentIndex += length;
  }

  @Override
  public int peek() {
    return peek(0);
  }

  /** At the end, what no text has in it. */
  @Override
  public int peek(int ahead) {
    return index + ahead < text.length ? text[index + ahead] : 0;
  }

  @Override
  public String prefix(int length) {
    return new String(text, index, Math.min(length, text.length - index));
  }

  @Override
  public String prefixForward(int length) {
    String prefix = prefix(length);
    move(length);
    column += length;
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getDocumentIndex() {
    return documentIndex;
  }

  @Override
  public void resetDocumentIndex() {
    documentIndex = 0;
  }

  @Override
  public int getIndex() {
    return index;
  }

  @Override
  public int getLine() {
    return line;
  }
}
