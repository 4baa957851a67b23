package io.podlab.demo.accesslog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Lines on their way to standard output, of one thread. They look like those of the log framework.
 */
final class Lines {
  /** PIPE_BUF of Linux: what a pipe takes in one piece, so that no other line gets in between. */
  static final int MOST_BYTES = 4096;

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  private final OutputStream out;
  private final Clock clock;
  private final ZoneId zone;
  private final byte[] waiting = new byte[MOST_BYTES];
  private int length;
  private final StringBuilder text = new StringBuilder();
  private long millisecond = Long.MIN_VALUE;
  private String prefix;

  Lines(OutputStream out, Clock clock, ZoneId zone) {
    this.out = out;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Keeps a line until {@link #write}, or until there are more than fit.
   *
   * @return whether no other was waiting
   */
  boolean add(Line line) {
    boolean first = length == 0;
    text.setLength(0);
    text.append(prefix());
    line.appendTo(text);
    text.append('\n');
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (length + bytes.length > MOST_BYTES) {
      write();
    }
    System.arraycopy(bytes, 0, waiting, length, bytes.length);
    length += bytes.length;
    return first;
  }

  /** Made anew each millisecond, not each line. */
  private String prefix() {
    Instant now = clock.instant();
    if (now.toEpochMilli() != millisecond) {
      millisecond = now.toEpochMilli();
      prefix = FORMAT.format(now.atZone(zone)) + " INFO  [" + AccessLog.NAME + "] ";
    }
    return prefix;
  }

  void write() {
    try {
      out.write(waiting, 0, length);
    } catch (IOException nobodyReads) {
      // As with all that is logged, requests are answered nevertheless.
    }
    length = 0;
  }
}
