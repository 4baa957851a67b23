package io.podlab.demo.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T23:30:00.5Z"), ZoneOffset.UTC);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Line LINE = LineTest.line("GET", "/", 200, "curl/8.5.0");
  private static final String WRITTEN =
      "2026-01-02T07:30:00.500+08:00 INFO  [access-log] " + LINE + "\n";

  private final List<String> writes = new ArrayList<>();
  private final Lines lines = new Lines(new Writes(), CLOCK, ZONE);

  @Test
  void looksLikeALineOfTheLogFramework() {
    // When
    boolean first = lines.add(LINE);
    lines.write();

    // Then
    assertThat(first).isTrue();
    assertThat(writes).containsExactly(WRITTEN);
  }

  @Test
  void writesAllThatWaitAtOnce() {
    // When
    lines.add(LINE);
    boolean first = lines.add(LINE);
    lines.write();

    // Then
    assertThat(first).isFalse();
    assertThat(writes).containsExactly(WRITTEN + WRITTEN);
  }

  @Test
  void isEmptyAfterwards() {
    // Given
    lines.add(LINE);
    lines.write();

    // When
    boolean first = lines.add(LINE);
    lines.write();

    // Then
    assertThat(first).isTrue();
    assertThat(writes).containsExactly(WRITTEN, WRITTEN);
  }

  @Test
  void writesWholeLinesOfNoMoreThanAPipeTakesInOnePiece() {
    // Given
    int count = 3 * Lines.MOST_BYTES / WRITTEN.length();

    // When
    for (int i = 0; i < count; i++) {
      lines.add(LINE);
    }
    lines.write();

    // Then
    assertThat(writes)
        .hasSizeBetween(3, 4)
        .allSatisfy(
            text ->
                assertThat(text)
                    .endsWith("\n")
                    .hasSizeLessThanOrEqualTo(Lines.MOST_BYTES)
                    .startsWith("2026"));
    assertThat(String.join("", writes)).isEqualTo(WRITTEN.repeat(count));
  }

  @Test
  void takesTheLongestLineThereCanBe() {
    // Given: three bytes a character, and two for each that is escaped
    Line longest =
        LineTest.line("\uFFFD".repeat(100), "\uFFFD".repeat(2000), 200, "\uFFFD".repeat(2000));

    // When
    lines.add(LINE);
    lines.add(longest);
    lines.write();

    // Then
    assertThat(String.join("", writes)).startsWith(WRITTEN).endsWith("…\"\n");
    assertThat(writes).hasSize(1);
  }

  @Test
  void goesOnThoughNobodyReads() {
    // Given
    Lines broken =
        new Lines(
            new OutputStream() {
              @Override
              public void write(int oneByte) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            CLOCK,
            ZONE);

    // When
    broken.add(LINE);
    broken.write();

    // Then
    assertThat(broken.add(LINE)).isTrue();
  }

  private final class Writes extends ByteArrayOutputStream {
    @Override
    public void write(byte[] bytes, int offset, int length) {
      writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }
  }
}
