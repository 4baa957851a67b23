package io.podlab.config.settings;

import java.util.List;

/** The settings, or all errors. */
public sealed interface Parsed {
  record Valid(Settings settings) implements Parsed {}

  /**
   * @param errors at least one, at most 100
   */
  record Invalid(List<KeyError> errors) implements Parsed {
    private static final int MOST = 100;

    public Invalid {
      errors = List.copyOf(errors.size() > MOST ? errors.subList(0, MOST) : errors);
    }
  }
}
