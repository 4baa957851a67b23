package io.podlab.lab.bench;

import io.podlab.lab.Failure;
import java.util.ArrayList;
import java.util.List;

/** A command line given as one argument. No shell reads it: it knows quotes and nothing else. */
final class Words {
  private Words() {}

  /**
   * @throws Failure (usage) if a quote is not closed, or there is no word at all
   */
  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (char c : line.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw Failure.usage("a quote is not closed in: " + line);
    }
    if (inWord) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw Failure.usage("--peer is empty: give a command");
    }
    return words;
  }
}
