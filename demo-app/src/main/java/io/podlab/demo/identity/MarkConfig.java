package io.podlab.demo.identity;

import io.podlab.kit.text.Printable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** What marks one version of the application against another, where a lesson rolls one out. */
@ConfigMapping(prefix = "lab.demo")
public interface MarkConfig {
  /** A colour as CSS writes it, by name or in hex, for example {@code steelblue}. Default none. */
  @WithConverter(CssColour.class)
  Optional<String> color();

  /** A sentence of at most {@value Message#LONGEST} characters on one line. Default none. */
  @WithConverter(Message.class)
  Optional<String> message();

  /**
   * A file with such a sentence, read at the start and with each reload; what can be read there
   * comes before {@link #message}. Default none.
   */
  Optional<Path> messageFile();

  /** Refuses what would make a page of every line of output. */
  final class Message implements Converter<String> {
    static final int LONGEST = 200;

    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String text) {
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException("it has at most " + LONGEST + " characters");
      }
      // Asked for nothing, too: where the variable is empty or not set.
      return text.isBlank() ? null : Printable.line(text.strip());
    }
  }
}
