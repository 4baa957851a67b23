package io.podlab.config.environment;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Command-line arguments such as {@code --greeting=Hello --log.level=DEBUG}. */
public final class Arguments {
  private static final Pattern SHAPE =
      Pattern.compile("--(?<key>[-._a-zA-Z0-9]{1,253})=(?<value>.*)", Pattern.DOTALL);

  private Arguments() {}

  /**
   * @throws IllegalArgumentException if an argument has another form or repeats a key; the message
   *     names the argument
   */
  public static SortedMap<String, String> parse(String... arguments) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String argument : arguments) {
      Matcher matcher = SHAPE.matcher(argument);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'%s' is not a valid argument; use --KEY=VALUE, such as --greeting=Hello"
                .formatted(argument));
      }
      if (values.put(matcher.group("key"), matcher.group("value")) != null) {
        throw new IllegalArgumentException(
            "'%s' sets a key for the second time; use each key once".formatted(argument));
      }
    }
    return values;
  }
}
