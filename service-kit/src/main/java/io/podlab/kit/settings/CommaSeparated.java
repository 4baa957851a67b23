package io.podlab.kit.settings;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A setting with several values. The library's own lists drop backslashes, and take a comma alone
 * for a setting that was not given.
 *
 * @param items at least one; without blanks around them, and never empty
 */
public record CommaSeparated(List<String> items) {
  public CommaSeparated {
    items = List.copyOf(items);
  }

  /**
   * @throws IllegalArgumentException if there are none
   */
  public static CommaSeparated of(String text) {
    List<String> items =
        Stream.of(text.split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("expected at least one value; commas separate several");
    }
    return new CommaSeparated(items);
  }

  /** So that a refusal keeps its words. */
  public static final class Setting implements Converter<CommaSeparated> {
    private static final long serialVersionUID = 1L;

    @Override
    public CommaSeparated convert(String text) {
      return of(text);
    }
  }
}
