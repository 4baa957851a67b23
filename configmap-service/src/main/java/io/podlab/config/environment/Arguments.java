package io.podlab.config.environment;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code --greeting=Hello --log.level=DEBUG}. */
public final class Arguments {
  private static final Pattern SHAPE =
      Pattern.compile("--(?<key>[-._a-zA-Z0-9]{1,253})=(?<value>.*)", Pattern.DOTALL);

  private Arguments() {}

  /**
   * @throws IllegalArgumentException whose message names what is not understood
   */
  public static SortedMap<String, String> parse(String... arguments) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String argument : arguments) {
      Matcher matcher = SHAPE.matcher(argument);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "takes arguments of the form --KEY=VALUE, but got: " + argument);
      }
      if (values.put(matcher.group("key"), matcher.group("value")) != null) {
        throw new IllegalArgumentException("takes each key once, but got: " + argument);
      }
    }
    return values;
  }
}
