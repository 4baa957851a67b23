package io.podlab.config.check;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** The manifest as {@code kubectl apply} keeps it: JSON in Go's spelling, and a newline. */
final class AppliedAnnotation {
  static final String NAME = "kubectl.kubernetes.io/last-applied-configuration";

  /** More than any body can make without aliases: each of its bytes as a {@code \\u} escape. */
  private static final long MOST_BYTES = 6L * LargeBody.MOST_BYTES + 1024;

  private static final ObjectMapper JSON =
      new ObjectMapper(new JsonFactoryBuilder().characterEscapes(new GoEscapes()).build());

  private AppliedAnnotation() {}

  /**
   * @return the bytes of its value; empty if aliases make it longer than can be
   */
  static OptionalLong bytes(Object manifest) {
    Counting counting = new Counting();
    try {
      JSON.writeValue(counting, manifest);
      return OptionalLong.of(counting.bytes + 1);
    } catch (IOException tooLong) {
      return OptionalLong.empty();
    }
  }

  private static final class Counting extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) throws IOException {
      write(null, 0, 1);
    }

    @Override
    public void write(byte[] part, int offset, int length) throws IOException {
      bytes += length;
      if (bytes > MOST_BYTES) {
        throw new IOException();
      }
    }
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
