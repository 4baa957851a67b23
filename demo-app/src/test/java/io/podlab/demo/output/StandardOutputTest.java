package io.podlab.demo.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String LINE = "x".repeat(99) + "\n";

  private final List<String> pieces = new CopyOnWriteArrayList<>();
  private final List<Long> told = new CopyOnWriteArrayList<>();
  private final Semaphore reader = new Semaphore(0);
  private volatile Runnable meanwhile = () -> {};

  @Test
  void isWrittenInWholeLinesOfNoMoreThanAPipeTakesInOnePiece() {
    // Given
    StandardOutput output = started();
    write(output, "first\n");
    await().until(reader::hasQueuedThreads);

    // When
    for (int i = 0; i < 100; i++) {
      write(output, LINE);
    }
    reader.release(1000);
    output.awaitWritten(LONG);

    // Then
    assertThat(pieces)
        .allMatch(piece -> piece.endsWith("\n") && piece.length() <= StandardOutput.LONGEST_PIECE)
        .hasSize(1 + 3);
    assertThat(String.join("", pieces)).isEqualTo("first\n" + LINE.repeat(100));
  }

  @Test
  void tearsOnlyALineThatIsLongerThanAPiece() {
    // Given
    String longLine = "y".repeat(StandardOutput.LONGEST_PIECE) + "\n";
    reader.release(1000);

    // When
    StandardOutput output = started();
    write(output, longLine);
    output.awaitWritten(LONG);

    // Then
    assertThat(pieces).hasSize(2);
    assertThat(String.join("", pieces)).isEqualTo(longLine);
  }

  @Test
  void dropsAndTellsWhatDoesNotFitWhileNobodyReads() {
    // Given
    StandardOutput output = started();
    write(output, LINE);
    await().until(reader::hasQueuedThreads);
    int fit = StandardOutput.MOST_QUEUED / LINE.length();

    // When
    for (int i = 0; i < fit; i++) {
      write(output, LINE);
    }
    write(output, LINE + LINE);
    write(output, LINE);

    // Then
    assertThat(told).isEmpty();
    reader.release(1_000_000);
    output.awaitWritten(LONG);
    assertThat(told).containsExactly(3L);
    assertThat(String.join("", pieces)).isEqualTo(LINE.repeat(1 + fit));

    // When
    write(output, LINE);
    output.awaitWritten(LONG);

    // Then
    assertThat(told).containsExactly(3L);
  }

  @Test
  void isWaitedForUntilWhatIsQueuedIsWrittenThoughMoreComesAllTheTime() {
    // Given
    StandardOutput output = started();
    meanwhile = () -> write(output, LINE);
    reader.release(1_000_000);
    write(output, LINE);

    // When
    long start = System.nanoTime();
    output.awaitWritten(LONG);
    Duration waited = Duration.ofNanos(System.nanoTime() - start);
    meanwhile = () -> {};

    // Then
    assertThat(waited).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void letsNoOtherLineIntoOneThatComesInChunks() {
    // Given
    StandardOutput output = started();
    reader.release(1000);

    // When
    write(output, "first\nsec");
    output.add("other\n".getBytes(StandardCharsets.US_ASCII));
    write(output, "o");
    write(output, "nd\n");
    output.awaitWritten(LONG);

    // Then
    assertThat(String.join("", pieces)).isEqualTo("first\nother\nsecond\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, StandardOutput.MOST_QUEUED})
  void dropsALineThatComesInChunksAsAWholeAndCountsItOnce(int longerThanTheQueue) {
    // Given
    StandardOutput output = started();
    write(output, LINE);
    await().until(reader::hasQueuedThreads);
    int fit = StandardOutput.MOST_QUEUED / LINE.length();
    for (int i = 0; i < fit; i++) {
      write(output, LINE);
    }

    // When
    write(output, "begun");
    write(output, "y".repeat(8192 + longerThanTheQueue));
    write(output, "y".repeat(8192));
    write(output, "ended\n");
    reader.release(1_000_000);
    output.awaitWritten(LONG);
    write(output, "next\n");
    output.awaitWritten(LONG);

    // Then
    assertThat(told).containsExactly(1L);
    assertThat(String.join("", pieces)).isEqualTo(LINE.repeat(1 + fit) + "next\n");
  }

  @Test
  void isWaitedForNoLongerThanToldWhereNobodyReads() {
    // Given
    StandardOutput output = started();
    write(output, LINE);

    // When
    output.awaitWritten(Duration.ofMillis(10));

    // Then
    assertThat(pieces).isEmpty();
  }

  @Test
  void goesOnThoughTheReaderHasGone() {
    // Given
    StandardOutput output =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int oneByte) throws IOException {
                throw new IOException("Broken pipe");
              }
            },
            told::add);
    output.start();

    // When
    write(output, LINE);
    output.awaitWritten(LONG);
    write(output, LINE);
    output.awaitWritten(LONG);

    // Then
    assertThat(told).isEmpty();
  }

  private StandardOutput started() {
    StandardOutput output = new StandardOutput(new Pipe(), told::add);
    output.start();
    return output;
  }

  private static void write(StandardOutput output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    output.write(bytes, 0, bytes.length);
  }

  /** Accepts one piece per permit of the reader. */
  private final class Pipe extends OutputStream {
    @Override
    public void write(int oneByte) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      reader.acquireUninterruptibly();
      meanwhile.run();
      pieces.add(new String(bytes, offset, length, StandardCharsets.US_ASCII));
    }
  }
}
