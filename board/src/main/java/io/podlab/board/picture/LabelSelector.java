package io.podlab.board.picture;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label selector as in kubectl, without sets: {@code app=web,tier!=db,canary}. */
record LabelSelector(List<Predicate<Map<String, String>>> parts)
    implements Predicate<Map<String, String>> {
  private static final Pattern PART =
      Pattern.compile(
          "(?<key>[A-Za-z0-9./_-]{1,317})(?:(?<operator>==?|!=)(?<value>[\\w.-]{0,63}))?");

  /**
   * @throws IllegalArgumentException if it is not a label selector; the message is the invalid part
   */
  static LabelSelector parse(String text) {
    return new LabelSelector(
        Pattern.compile(",")
            .splitAsStream(text)
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(LabelSelector::part)
            .toList());
  }

  private static Predicate<Map<String, String>> part(String text) {
    Matcher part = PART.matcher(text);
    if (!part.matches()) {
      throw new IllegalArgumentException(text);
    }
    String key = part.group("key");
    if (part.group("operator") == null) {
      return labels -> labels.containsKey(key);
    }
    String value = part.group("value");
    boolean equal = !part.group("operator").equals("!=");
    return labels -> value.equals(labels.get(key)) == equal;
  }

  @Override
  public boolean test(Map<String, String> labels) {
    return parts.stream().allMatch(part -> part.test(labels));
  }
}
