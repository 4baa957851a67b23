package io.podlab.config.start;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.spi.Converter;

/** How the service logs. The level is Quarkus' own {@code QUARKUS_LOG_LEVEL}. */
@ConfigMapping(prefix = "lab.log")
public interface LogConfig {
  /** {@code true} for one JSON object a line; default {@code false}, plain text. */
  @WithDefault("false")
  @WithConverter(TrueOrFalse.class)
  boolean json();

  /** Quarkus takes any word for {@code false}; a mistyped switch must not pass unnoticed. */
  final class TrueOrFalse implements Converter<Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean convert(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("it is true or false");
      };
    }
  }

  /** Asks for the value at start, which is when a wrong one is refused. */
  final class Check {
    void atStart(@Observes StartupEvent start, LogConfig config) {
      config.json();
    }
  }
}
