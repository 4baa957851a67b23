package io.podlab.kit.settings;

import org.eclipse.microprofile.config.spi.Converter;

/** {@code true} or {@code false}; the usual converter takes any other word for {@code false}. */
public final class SwitchSetting implements Converter<Boolean> {
  private static final long serialVersionUID = 1L;

  @Override
  public Boolean convert(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }
}
