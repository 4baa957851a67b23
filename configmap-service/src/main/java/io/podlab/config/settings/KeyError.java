package io.podlab.config.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The error of one key.
 *
 * @param key the key, or the file if the whole file is invalid
 * @param value the given value, cut to 200 characters; absent if there is no single value
 * @param why what is wrong and what is accepted. With a value, it completes "VALUE is", for example
 *     "not a CSS color; use …"
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record KeyError(String key, Optional<String> value, String why) {
  public KeyError {
    key = Excerpt.of(key);
    value = value.map(Excerpt::of);
  }

  static KeyError of(String key, String value, String why) {
    return new KeyError(key, Optional.of(value), why);
  }

  /** {@code color is invalid: 'no-color' is not a CSS color; use …}, on one line. */
  public String sentence() {
    return (key.isEmpty() ? "" : Excerpt.line(key) + " is invalid: ")
        + value
            .map(given -> (given.isEmpty() ? "an empty value" : Excerpt.quoted(given)) + " is ")
            .orElse("")
        + Excerpt.line(why);
  }
}
