package io.podlab.kit.settings;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A setting with several values. The lists of SmallRye Config drop backslashes, and treat a single
 * comma as a missing setting.
 *
 * @param items at least one; each is stripped and not empty
 */
public record CommaSeparated(List<String> items) {
  public CommaSeparated {
    items = List.copyOf(items);
  }

  /**
   * @throws IllegalArgumentException if the text has no values
   */
  public static CommaSeparated of(String text) {
    List<String> items =
        Stream.of(text.split(",")).map(String::strip).filter(item -> !item.isEmpty()).toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("has no values; use one or more, separated by commas");
    }
    return new CommaSeparated(items);
  }

  public static final class Setting implements Converter<CommaSeparated> {
    private static final long serialVersionUID = 1L;

    @Override
    public CommaSeparated convert(String text) {
      return of(text);
    }
  }
}
