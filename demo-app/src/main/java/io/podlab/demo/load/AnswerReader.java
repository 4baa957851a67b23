package io.podlab.demo.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one complete HTTP/1.1 answer (RFC 9112), so that the connection can be used again. It looks
 * for the pod name in the first 64 KiB of the body.
 */
final class AnswerReader {
  static final int LONGEST_HEAD = 64 * 1024;
  static final long LONGEST_BODY = 16L * 1024 * 1024;

  private static final int LOOKED_AT = 64 * 1024;
  private static final int LOWEST_FINAL = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int HEXADECIMAL = 16;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) (\\d{3})( .*)?");

  /** The JSON field, or the start of the text answer of demo-app. */
  private static final Pattern POD =
      Pattern.compile("(?:\"pod\"\\s*:\\s*\"|^pod )(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252})[\",]");

  private final InputStream in;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int headLength;
  private long bodyLength;
  private boolean begun;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** Whether a part of the answer has arrived. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * @throws RequestFailure if the answer is invalid or incomplete
   */
  Answer read() throws IOException {
    Head head = head();
    while (head.status < LOWEST_FINAL) {
      head = head();
    }
    boolean untilClosed = false;
    if (head.status != NO_CONTENT && head.status != NOT_MODIFIED) {
      if (head.chunked) {
        readChunks();
      } else if (head.length >= 0) {
        readBody(head.length);
      } else {
        untilClosed = true;
        readToTheEnd();
      }
    }
    return new Answer(head.status, podIn(body()), head.keepsConnection && !untilClosed);
  }

  static Optional<String> podIn(String body) {
    Matcher pod = POD.matcher(body);
    return pod.find() ? Optional.of(pod.group("name")) : Optional.empty();
  }

  private record Head(int status, long length, boolean chunked, boolean keepsConnection) {}

  private Head head() throws IOException {
    Matcher statusLine = STATUS_LINE.matcher(line());
    if (!statusLine.matches()) {
      throw new RequestFailure("the answer is not HTTP/1.1");
    }
    long length = -1;
    boolean chunked = false;
    boolean keepsConnection = statusLine.group(1).equals("1");
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
      switch (name) {
        case "content-length" -> length = number(value, 10);
        case "transfer-encoding" -> chunked = value.endsWith("chunked");
        case "connection" -> keepsConnection &= !value.contains("close");
        default -> {
          // Irrelevant for the length of the answer.
        }
      }
    }
    return new Head(Integer.parseInt(statusLine.group(2)), length, chunked, keepsConnection);
  }

  private void readChunks() throws IOException {
    for (long size = chunkSize(); size > 0; size = chunkSize()) {
      readBody(size);
      line();
    }
    String trailer = line();
    while (!trailer.isEmpty()) {
      trailer = line();
    }
  }

  private long chunkSize() throws IOException {
    // The limit for headers must not count chunk sizes: a long answer can have many small chunks.
    headLength = 0;
    return number(line().replaceFirst(";.*", "").strip(), HEXADECIMAL);
  }

  private static long number(String text, int radix) throws RequestFailure {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below.
    }
    throw new RequestFailure("the answer is not HTTP/1.1");
  }

  private void readBody(long length) throws IOException {
    byte[] buffer = new byte[(int) Math.min(length, 8 * 1024)];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw RequestFailure.closed(true);
      }
      keep(buffer, read);
      left -= read;
    }
  }

  private void readToTheEnd() throws IOException {
    byte[] buffer = new byte[8 * 1024];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      keep(buffer, read);
    }
  }

  private void keep(byte[] buffer, int length) throws RequestFailure {
    bodyLength += length;
    if (bodyLength > LONGEST_BODY) {
      throw new RequestFailure("the answer is too large (at most 16 MiB)");
    }
    body.write(buffer, 0, Math.min(length, LOOKED_AT - Math.min(LOOKED_AT, body.size())));
  }

  private String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw RequestFailure.closed(begun);
      }
      begun = true;
      headLength++;
      if (headLength > LONGEST_HEAD) {
        throw new RequestFailure("the headers of the answer are too large (at most 64 KiB)");
      }
      line.append((char) read);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
