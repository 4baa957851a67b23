package io.podlab.config.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What is wrong with one key.
 *
 * @param key the key, or the file where it is the file that is wrong
 * @param value as given, cut to 200 characters; absent where there is none to show
 * @param why in words, and what is accepted
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

  /** {@code color "not-a-color": it is …}, on one line. */
  public String sentence() {
    return Excerpt.line(key)
        + value.map(given -> " " + Excerpt.quoted(given)).orElse("")
        + (key.isEmpty() && value.isEmpty() ? "" : ": ")
        + Excerpt.line(why);
  }
}
