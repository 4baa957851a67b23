package io.podlab.kit.settings;

import org.eclipse.microprofile.config.spi.Converter;

/** Accepts only {@code true} and {@code false}; the default converter reads a typo as false. */
public final class BooleanSetting implements Converter<Boolean> {
  private static final long serialVersionUID = 1L;

  @Override
  public Boolean convert(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is not a boolean; use true or false");
    };
  }
}
