package io.podlab.kit.settings;

import org.eclipse.microprofile.config.spi.Converter;

/** Accepts only numbers that are ports. */
public final class PortSetting implements Converter<Integer> {
  private static final long serialVersionUID = 1L;
  private static final int HIGHEST = 65_535;

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > HIGHEST) {
      throw new IllegalArgumentException("is not a port; use 0 to 65535");
    }
    return Integer.valueOf(text);
  }
}
