package io.podlab.demo.environment;

import io.podlab.kit.settings.CommaSeparated;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** Which variables are shown. */
@ConfigMapping(prefix = "lab.demo")
public interface EnvironmentConfig {
  /**
   * Names with commas between them, to be shown besides those that begin with {@code LAB_}; whoever
   * reaches the service can read their values. Default none.
   */
  Optional<@WithConverter(VariableNames.class) CommaSeparated> env();

  /** Refuses patterns: what is shown is written out, one by one. */
  final class VariableNames implements Converter<CommaSeparated> {
    private static final long serialVersionUID = 1L;

    @Override
    public CommaSeparated convert(String text) {
      CommaSeparated names = CommaSeparated.of(text);
      if (names.items().stream().allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,252}"))) {
        return names;
      }
      throw new IllegalArgumentException("expected names of variables, separated by commas");
    }
  }
}
