package io.podlab.kit.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answer to a request that the test writes byte by byte, which HTTP clients do not allow.
 *
 * @param headers by name, ignoring case
 * @param body empty for a stream, which is not read
 */
public record RawAnswer(int status, TreeMap<String, String> headers, String body) {
  private static final String END_OF_HEAD = "\r\n\r\n";

  /** Sends a request without a body. */
  public static RawAnswer of(String method, String target, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder("%s %s HTTP/1.1\r\nHost: test\r\n".formatted(method, target));
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Connection: close").append(END_OF_HEAD);
    try (Socket socket = RawRequest.open(request.toString())) {
      return read(socket.getInputStream(), !method.equals("HEAD"));
    }
  }

  private static RawAnswer read(InputStream in, boolean mayStream) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(END_OF_HEAD)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no complete answer: " + head);
      }
      head.write(next);
    }
    String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": ?", 2);
      headers.put(header[0], header[1]);
    }
    boolean stream = mayStream && isStream(headers);
    String body = stream ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return new RawAnswer(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
  }

  private static boolean isStream(TreeMap<String, String> headers) {
    return headers.getOrDefault("Content-Type", "").startsWith("text/event-stream");
  }

  public boolean isStream() {
    return isStream(headers);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
