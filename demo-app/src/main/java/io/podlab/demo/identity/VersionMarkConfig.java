package io.podlab.demo.identity;

import io.podlab.kit.text.Printable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** What marks one version of the application against another, where a lesson rolls one out. */
@ConfigMapping(prefix = "lab.demo")
public interface VersionMarkConfig {
  /** A color as CSS writes it, by name or in hex, for example {@code steelblue}. Default none. */
  @WithConverter(Color.class)
  Optional<String> color();

  /** A sentence of at most {@value Message#LONGEST} characters on one line. Default none. */
  @WithConverter(Message.class)
  Optional<String> message();

  /**
   * A file with such a sentence, read at the start and with each reload; what can be read there
   * comes before {@link #message}. Default none.
   */
  Optional<Path> messageFile();

  /** A name, or hex with three, four, six or eight digits: the text ends up in a style. */
  final class Color implements Converter<String> {
    private static final long serialVersionUID = 1L;
    private static final Pattern FORM =
        Pattern.compile("[a-z]{3,20}|#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})");

    @Override
    public String convert(String text) {
      String color = text.strip().toLowerCase(Locale.ROOT);
      if (FORM.matcher(color).matches()) {
        return color;
      }
      throw new IllegalArgumentException(
          "expected a CSS color by name, such as steelblue, or in hex, such as #4682b4");
    }
  }

  /** Refuses what would make a page of every line of output, or move the cursor. */
  final class Message implements Converter<String> {
    static final int LONGEST = 200;

    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String text) {
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException("expected at most " + LONGEST + " characters");
      }
      String message = text.strip();
      if (!Printable.line(message).equals(message)) {
        throw new IllegalArgumentException("expected one line without control characters");
      }
      // Asked for nothing, too: where the variable is empty or not set.
      return message.isEmpty() ? null : message;
    }
  }
}
