package io.podlab.config.check;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podlab.config.settings.Document.MalformedException;
import io.podlab.config.source.Reading;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.Map;

/** The manifest as {@code kubectl apply} keeps it: JSON in Go's spelling, and a newline. */
final class AppliedAnnotation {
  static final String NAME = Reading.Written.ANNOTATION;

  private static final ObjectMapper JSON =
      new ObjectMapper(new JsonFactoryBuilder().characterEscapes(new GoEscapes()).build());

  private AppliedAnnotation() {}

  /** What was applied last, or nothing if that cannot be read. */
  static Map<?, ?> read(String value) {
    try {
      return KubectlJson.documents(value).stream()
          .filter(Map.class::isInstance)
          .<Map<?, ?>>map(Map.class::cast)
          .findFirst()
          .orElse(Map.of());
    } catch (MalformedException e) {
      return Map.of();
    }
  }

  /** The bytes of its value. */
  static long bytes(Object manifest) {
    Counting counting = new Counting();
    try {
      JSON.writeValue(counting, manifest);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written anywhere", e);
    }
    return counting.bytes + 1;
  }

  /** In UTF-8. */
  private static final class Counting extends Writer {
    private long bytes;

    @Override
    public void write(char[] part, int offset, int length) {
      bytes += Utf8.length(CharBuffer.wrap(part, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** {@code encoding/json} of Go: what HTML has a meaning for is escaped. */
  private static final class GoEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      for (char escaped : "<>&\b\f".toCharArray()) {
        codes[escaped] = ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return character == 0x2028 || character == 0x2029
          ? new SerializedString("\\u%04x".formatted(character))
          : null;
    }
  }
}
