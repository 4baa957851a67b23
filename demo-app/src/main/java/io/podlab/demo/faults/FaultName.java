package io.podlab.demo.faults;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The faults that have a duration. {@code exit} has none. */
public enum FaultName {
  ALLOCATE,
  BURN,
  HANG,
  ERRORS;

  private final String text = name().toLowerCase(Locale.ROOT);

  static Optional<FaultName> of(String text) {
    return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
