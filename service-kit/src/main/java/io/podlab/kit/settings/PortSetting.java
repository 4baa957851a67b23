package io.podlab.kit.settings;

import org.eclipse.microprofile.config.spi.Converter;

/** Accepts only numbers that are ports. */
public final class PortSetting implements Converter<Integer> {
  /** The end of a sentence that starts with the value. */
  public static final String EXPECTED = "is not a port; use 1 to 65535, or 0 for any free port";

  private static final long serialVersionUID = 1L;
  private static final int HIGHEST = 65_535;

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > HIGHEST) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return Integer.valueOf(text);
  }
}
