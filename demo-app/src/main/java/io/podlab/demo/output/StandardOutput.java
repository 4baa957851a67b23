package io.podlab.demo.output;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/**
 * A bounded queue in front of standard output, and one thread that writes what is in it. Standard
 * output is a pipe, and when its reader stalls (a paused {@code docker logs}), writing to it
 * blocks: an event loop that wrote by itself would then answer no request. When the queue is full,
 * lines are dropped and counted; the log tells how many as soon as the reader goes on.
 */
public final class StandardOutput extends OutputStream {
  /** About 10,000 lines of the access log: a fifth of a second at the highest load. */
  static final int MOST_QUEUED = 1024 * 1024;

  /** PIPE_BUF of Linux: a pipe takes so much in one piece, so that stderr does not tear a line. */
  static final int LONGEST_PIECE = 4096;

  /** Lets lines gather under load: one wake-up of the writer for many of them. */
  private static final long PAUSE_MILLISECONDS = 1;

  /** How long the end of the process waits for what is queued. */
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(2);

  private static volatile StandardOutput installed;

  private final OutputStream out;
  private final LongConsumer teller;
  private final ByteArrayOutputStream queue = new ByteArrayOutputStream();

  /** The start of a line; it is queued with its end, so that no other line gets in between. */
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

  /** Bytes since the start; {@code written} counts those that nobody reads any more, too. */
  private long queued;

  private long written;
  private long dropped;
  private long told;

  /**
   * @param teller is told on the writer's thread how many lines were dropped since the last time
   */
  StandardOutput(OutputStream out, LongConsumer teller) {
    this.out = out;
    this.teller = teller;
  }

  /** Takes the place of {@link System#out}. To be called before anything is logged. */
  public static void install() {
    StandardOutput output =
        new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput::tell);
    output.start();
    installed = output;
    System.setOut(new PrintStream(output));
    Runtime.getRuntime().addShutdownHook(new Thread(StandardOutput::flushQueue, "flush-output"));
  }

  /** Writes whole lines at once; nothing where it is not installed, as in a test. */
  public static void write(String lines) {
    StandardOutput output = installed;
    if (output != null) {
      output.add(lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void tell(long lines) {
    // Not a constant: the log takes System.out as it is when the first logger is made.
    Logger.getLogger(StandardOutput.class)
        .warnf("%d log lines were dropped because standard output was not read", lines);
  }

  /**
   * Ends the process without its shutdown hooks, but with the lines that are queued. Blocks for up
   * to two seconds while standard output is not read; do not call it on an event loop.
   */
  public static void halt(int exitCode) {
    flushQueue();
    Runtime.getRuntime().halt(exitCode);
  }

  private static void flushQueue() {
    if (installed != null) {
      installed.awaitWritten(LONGEST_FLUSH);
    }
  }

  /** How many lines this process has dropped. */
  static long dropped() {
    StandardOutput output = installed;
    if (output == null) {
      return 0;
    }
    synchronized (output.queue) {
      return output.dropped;
    }
  }

  void start() {
    Thread writer = new Thread(this::writeForever, "standard-output");
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  /** Never blocks. Queues whole lines; the rest waits for the end of its line. */
  @Override
  public void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int rest = afterLastLine(bytes, offset, end);
    synchronized (queue) {
      if (rest > offset) {
        unfinished.write(bytes, offset, rest - offset);
        add(unfinished.toByteArray());
        unfinished.reset();
      }
      // A longer line will be dropped: one byte more than fits is enough to know.
      int room = MOST_QUEUED + 1 - unfinished.size();
      unfinished.write(bytes, rest, Math.min(end - rest, room));
    }
  }

  /** Queues whole lines, or drops them. */
  void add(byte[] lines) {
    synchronized (queue) {
      if (queue.size() + lines.length > MOST_QUEUED) {
        dropped += count(lines);
        return;
      }
      boolean idle = written == queued;
      queue.writeBytes(lines);
      queued += lines.length;
      if (idle) {
        queue.notifyAll();
      }
    }
  }

  private static long count(byte[] lines) {
    long count = 0;
    for (byte each : lines) {
      count += each == '\n' ? 1 : 0;
    }
    return count;
  }

  /** The index after the last line end; {@code from} if there is none. */
  private static int afterLastLine(byte[] bytes, int from, int end) {
    int to = end;
    while (to > from && bytes[to - 1] != '\n') {
      to--;
    }
    return to;
  }

  private void writeForever() {
    try {
      while (true) {
        byte[] taken = take();
        writeInPieces(taken);
        countWritten(taken.length);
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] take() throws InterruptedException {
    byte[] taken;
    long lost;
    synchronized (queue) {
      while (queue.size() == 0) {
        queue.wait();
      }
      taken = queue.toByteArray();
      queue.reset();
      lost = dropped - told;
      told = dropped;
    }
    if (lost > 0) {
      // Into the queue, which has room now: what was dropped came after what was taken.
      teller.accept(lost);
    }
    return taken;
  }

  private void countWritten(int bytes) {
    synchronized (queue) {
      written += bytes;
      queue.notifyAll();
    }
  }

  /** In pieces of whole lines, but for lines that are longer than a piece. */
  private void writeInPieces(byte[] bytes) {
    try {
      for (int from = 0, to; from < bytes.length; from = to) {
        to = endOfPiece(bytes, from);
        out.write(bytes, from, to - from);
      }
    } catch (IOException nobodyReads) {
      // Requests are answered all the same.
    }
  }

  private static int endOfPiece(byte[] bytes, int from) {
    int longest = Math.min(from + LONGEST_PIECE, bytes.length);
    int to = afterLastLine(bytes, from, longest);
    return to > from ? to : longest;
  }

  /** Returns when all that is queued now is written, or that time is over. */
  void awaitWritten(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    synchronized (queue) {
      // Not until the queue is empty: under load it never is.
      long wanted = queued;
      try {
        long left = most.toMillis();
        while (written < wanted && left > 0) {
          queue.wait(left);
          left = (end - System.nanoTime()) / 1_000_000;
        }
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
