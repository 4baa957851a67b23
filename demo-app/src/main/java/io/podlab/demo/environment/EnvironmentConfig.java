package io.podlab.demo.environment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Which variables are shown. */
@ConfigMapping(prefix = "lab.demo")
public interface EnvironmentConfig {
  /**
   * Names with commas between them, to be shown besides those that begin with {@code LAB_}; whoever
   * reaches the service can read their values. Default none.
   */
  Optional<List<@WithConverter(VariableName.class) String>> env();

  /** Refuses patterns: what is shown is written out, one by one. */
  final class VariableName implements Converter<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String text) {
      String name = text.strip();
      if (name.isEmpty()) {
        return null;
      }
      if (name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,252}")) {
        return name;
      }
      throw new IllegalArgumentException("it is names of variables with commas between them");
    }
  }
}
