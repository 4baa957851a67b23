package io.podlab.demo.environment;

import io.podlab.kit.settings.CommaSeparated;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Settings of {@code /env}. */
@ConfigMapping(prefix = "lab.demo")
public interface EnvironmentConfig {
  /**
   * Comma-separated names of variables to show in addition to {@code LAB_…}. Every client of the
   * service can read their values. Default none.
   */
  Optional<@WithConverter(VariableNames.class) CommaSeparated> env();

  /** Refuses patterns such as {@code *}: each variable to show is listed by its name. */
  final class VariableNames implements Converter<CommaSeparated> {
    private static final long serialVersionUID = 1L;

    @Override
    public CommaSeparated convert(String text) {
      CommaSeparated names = CommaSeparated.of(text);
      if (names.items().stream().allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,252}"))) {
        return names;
      }
      throw new IllegalArgumentException(
          "is not a list of variable names; use names separated by commas, such as HOME,PATH");
    }
  }
}
