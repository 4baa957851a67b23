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
 * A bounded queue in front of standard output, with one writer thread. Standard output is a pipe.
 * When its reader stalls (a paused {@code docker logs}), writes to it block, and an event loop that
 * writes could answer no request. When the queue is full, lines are dropped and counted. A log line
 * reports their number when the reader continues.
 */
public final class StandardOutput extends OutputStream {
  /** 1 MiB: about 10,000 lines of the access log, or 0.2 s at the highest load. */
  static final int MOST_QUEUED = 1024 * 1024;

  /**
   * PIPE_BUF of Linux: a pipe accepts this many bytes in one piece, so that lines from stderr stay
   * separate.
   */
  static final int LONGEST_PIECE = 4096;

  /** Collects lines under load, so that the writer wakes up once for many of them. */
  private static final long PAUSE_MILLISECONDS = 1;

  /** Time limit for writing the queue at the end of the process. */
  private static final Duration LONGEST_FLUSH = Duration.ofSeconds(2);

  private static volatile StandardOutput installed;

  private final OutputStream out;
  private final LongConsumer dropListener;
  private final ByteArrayOutputStream queue = new ByteArrayOutputStream();

  /** The start of an unfinished line. It is queued with its end, so that lines do not mix. */
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

  /** Bytes since the start; {@code written} includes bytes whose reader has gone. */
  private long queued;

  private long written;
  private long dropped;
  private long reported;

  /**
   * @param dropListener gets the number of lines dropped since its last call, on the writer's
   *     thread
   */
  StandardOutput(OutputStream out, LongConsumer dropListener) {
    this.out = out;
    this.dropListener = dropListener;
  }

  /** Replaces {@link System#out}. Call it before the first log line. */
  public static void install() {
    StandardOutput output =
        new StandardOutput(new FileOutputStream(FileDescriptor.out), StandardOutput::report);
    output.start();
    installed = output;
    System.setOut(new PrintStream(output));
    Runtime.getRuntime().addShutdownHook(new Thread(StandardOutput::flushQueue, "flush-output"));
  }

  /** Queues whole lines. Does nothing if not installed, as in unit tests. */
  public static void write(String lines) {
    StandardOutput output = installed;
    if (output != null) {
      output.add(lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void report(long lines) {
    // Not a constant: the first logger fixes System.out for the log.
    Logger.getLogger(StandardOutput.class)
        .warnf("%d log lines were dropped because standard output was not read", lines);
  }

  /**
   * Writes the queued lines, then ends the process without shutdown hooks. Blocks for up to two
   * seconds if standard output is not read; do not call it on an event loop.
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

  /** The number of lines dropped since the start. */
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

  /** Never blocks. Queues whole lines, and keeps the rest until its line ends. */
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
      // One byte above the limit is enough to mark the line as too long.
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
      lost = dropped - reported;
      reported = dropped;
    }
    if (lost > 0) {
      // The queue has room now, and the dropped lines came after the taken ones.
      dropListener.accept(lost);
    }
    return taken;
  }

  private void countWritten(int bytes) {
    synchronized (queue) {
      written += bytes;
      queue.notifyAll();
    }
  }

  /** Writes pieces of whole lines; only a line longer than a piece is split. */
  private void writeInPieces(byte[] bytes) {
    try {
      for (int from = 0, to; from < bytes.length; from = to) {
        to = endOfPiece(bytes, from);
        out.write(bytes, from, to - from);
      }
    } catch (IOException readerGone) {
      // The service continues without a log.
    }
  }

  private static int endOfPiece(byte[] bytes, int from) {
    int longest = Math.min(from + LONGEST_PIECE, bytes.length);
    int to = afterLastLine(bytes, from, longest);
    return to > from ? to : longest;
  }

  /** Waits until the lines queued now are written, at most for the given time. */
  void awaitWritten(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    synchronized (queue) {
      // Not until the queue is empty: under load it never becomes empty.
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
