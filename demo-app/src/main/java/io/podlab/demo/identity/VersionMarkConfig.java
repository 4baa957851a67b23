package io.podlab.demo.identity;

import io.podlab.kit.text.Printable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Settings that mark a version of the application, so that a rollout is visible. */
@ConfigMapping(prefix = "lab.demo")
public interface VersionMarkConfig {
  /** A CSS color by name or in hex, for example {@code steelblue}. Default none. */
  @WithConverter(Color.class)
  Optional<String> color();

  /** A sentence of at most {@value Message#LONGEST} characters on one line. Default none. */
  @WithConverter(Message.class)
  Optional<String> message();

  /**
   * A file with the message, read at the start and on each reload. It takes precedence over {@link
   * #message} if it can be read. Default none.
   */
  Optional<Path> messageFile();

  /**
   * Accepts a name, or hex with 3, 4, 6 or 8 digits. Strict, because the page puts it into a style.
   */
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
          "is not a CSS color; use a name such as steelblue, or hex such as #4682b4");
    }
  }

  /** Refuses long text and control characters, which would spoil each line of output. */
  final class Message implements Converter<String> {
    static final int LONGEST = 200;

    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String text) {
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException("is too long; use at most " + LONGEST + " characters");
      }
      String message = text.strip();
      if (!Printable.line(message).equals(message)) {
        throw new IllegalArgumentException(
            "has line breaks or control characters; use one line of text");
      }
      // Also called with an empty text, if the variable is empty or not set.
      return message.isEmpty() ? null : message;
    }
  }
}
